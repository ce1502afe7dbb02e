import type { AsyncTask, Role } from '../../src/contract/async-task.js';
import { satisfies } from '../../src/contract/small-schema.js';
import { getTokens, type Json, pointerTokens, setAt, withoutAt } from '../../src/core/pointer.js';

/** What a request means once ignored parameters are gone, defaults filled in and numbers clamped. */
export interface EffectiveRequest {
  readonly prompt: string;
  readonly width: number;
  readonly height: number;
  readonly count: number;
  readonly format: 'png' | 'jpeg' | 'webp';
  readonly alpha: boolean;
  readonly compression: number | undefined;
  /** Whether the image itself stands in the answer. */
  readonly inline: boolean;
  readonly stream: boolean;
  readonly partialImages: number;
  /** How many reference images were given. */
  readonly references: number;
  readonly model: string | undefined;
  /** Values by role as they took effect, for answers that repeat them. */
  readonly params: Readonly<Partial<Record<Role, Json>>>;
  /** The body as received. */
  readonly body: Json;
}

/** A request that says nothing, for tasks that nobody asked for. */
export const nothingAsked: EffectiveRequest = {
  prompt: '',
  width: 1024,
  height: 1024,
  count: 1,
  format: 'png',
  alpha: false,
  compression: undefined,
  inline: false,
  stream: false,
  partialImages: 0,
  references: 0,
  model: undefined,
  params: {},
  body: {},
};

/** More than any vendor delivers: keeps a server that was told not to validate from filling memory. */
const mostImages = 16;

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}

/** Defaults by role: what the schema states, else what the contract assumes. */
export type RoleDefaults = Readonly<Partial<Record<Role, Json>>>;

/** A task block with everything worked out that does not depend on a request. */
interface Reader {
  readonly model: readonly string[] | undefined;
  readonly ignored: readonly { readonly tokens: readonly string[]; readonly pointer: string; readonly if: unknown }[];
  readonly roles: readonly { readonly role: Role; readonly tokens: readonly string[] }[];
  readonly clamps: readonly { readonly role: Role; readonly minimum: number; readonly maximum: number }[];
  readonly sizes: ReadonlyMap<string, readonly [width: number, height: number]>;
  readonly usualSize: readonly [width: number, height: number];
  readonly usualFormat: EffectiveRequest['format'];
  readonly resolved: readonly (readonly [Role, Readonly<Record<string, Json>>])[];
}

const readers = new WeakMap<AsyncTask, Reader>();

function pixelsOf(text: string): readonly [number, number] {
  const [width = 1024, height = 1024] = text.split('x').map(Number);
  return [width, height];
}

function makeReader(task: AsyncTask): Reader {
  const roles = (Object.entries(task.request) as [Role, string][]).map(([role, pointer]) => ({
    role,
    tokens: pointerTokens(pointer),
  }));
  const sizes = new Map(Object.entries(task.delivery.sizes).map(([word, pixels]) => [word, pixelsOf(pixels)]));
  return {
    model: task.request.model === undefined ? undefined : pointerTokens(task.request.model),
    ignored: (task.ignore ?? []).map((rule) => ({ ...rule, tokens: pointerTokens(rule.pointer) })),
    roles,
    clamps: (task.clamp ?? []).flatMap(({ pointer, minimum, maximum }) => {
      const role = roles.find((one) => task.request[one.role] === pointer)?.role;
      return role === undefined ? [] : [{ role, minimum, maximum }];
    }),
    sizes,
    usualSize: [...sizes.values()][0] ?? [1024, 1024],
    usualFormat: Object.values(task.delivery.formats)[0] ?? 'png',
    resolved: Object.entries(task.resolved ?? {}) as [Role, Record<string, Json>][],
  };
}

function readerOf(task: AsyncTask): Reader {
  const known = readers.get(task) ?? makeReader(task);
  readers.set(task, known);
  return known;
}

/** Whether the contract puts the picture itself into the answer of a request like this one, whatever it asks for. */
function isInline({ delivery, request }: AsyncTask, params: Partial<Record<Role, Json>>): boolean {
  if (delivery.inlineIf === undefined) return false;
  const body: Json = {};
  for (const [role, value] of Object.entries(params) as [Role, Json][]) setAt(body, request[role] ?? `/${role}`, value);
  return satisfies(delivery.inlineIf, body);
}

/** The body without what the vendor ignores beside the rest of it. */
export function withoutIgnored(task: AsyncTask, body: Json): Json {
  let at = body;
  for (const rule of readerOf(task).ignored)
    if (getTokens(at, rule.tokens) !== undefined && satisfies(rule.if, at)) at = withoutAt(at, rule.pointer);
  return at;
}

/** `body` is what takes effect, `received` what was sent; `defaultsFor` answers for a model. */
export function effectiveRequest(
  task: AsyncTask,
  defaultsFor: ((model: Json | undefined) => RoleDefaults) | undefined,
  body: Json,
  received: Json,
): EffectiveRequest {
  const reader = readerOf(task);
  const params: Partial<Record<Role, Json>> = {};
  const model = reader.model === undefined ? undefined : getTokens(body, reader.model);
  const defaults = defaultsFor?.(model as Json | undefined) ?? {};
  for (const { role, tokens } of reader.roles) {
    const value = (getTokens(body, tokens) as Json | undefined) ?? defaults[role];
    if (value !== undefined) params[role] = value;
  }
  for (const { role, minimum, maximum } of reader.clamps) {
    const value = params[role];
    if (typeof value === 'number') params[role] = Math.min(maximum, Math.max(minimum, value));
  }
  const { formats, transparent, inline } = task.delivery;
  const [width, height] = reader.sizes.get(String(params.size)) ?? reader.usualSize;
  // Before words are answered with what they became: the condition speaks of the request.
  const inlineAnyway = isInline(task, params);
  for (const [role, words] of reader.resolved) {
    const word = params[role];
    const became = typeof word === 'string' && Object.hasOwn(words, word) ? words[word] : undefined;
    if (became !== undefined) params[role] = became;
  }
  const format = formats[String(params.format)] ?? reader.usualFormat;
  const references = params.references;
  return {
    prompt: String(params.prompt ?? ''),
    width,
    height,
    count: Math.min(mostImages, Math.max(1, Math.floor(numberOr(params.count, 1)))),
    format,
    alpha: format !== 'jpeg' && (transparent ?? []).includes(String(params.background)),
    compression: typeof params.compression === 'number' ? params.compression : undefined,
    inline: inlineAnyway || (inline ?? []).includes(String(params.encoding)),
    stream: params.stream === true,
    partialImages: numberOr(params.partialImages, 0),
    references: Array.isArray(references) ? references.length : references === undefined ? 0 : 1,
    model: typeof params.model === 'string' ? params.model : undefined,
    params,
    body: received,
  };
}
