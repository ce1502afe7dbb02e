import type { AsyncTask, Role } from '../../src/contract/async-task.js';
import { satisfies } from '../../src/contract/small-schema.js';
import { getAt, type Json, setAt } from '../../src/core/pointer.js';

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

/** Whether the contract puts the picture itself into the answer of a request like this one, whatever it asks for. */
function isInline({ delivery, request }: AsyncTask, params: Partial<Record<Role, Json>>): boolean {
  if (delivery.inlineIf === undefined) return false;
  const body: Json = {};
  for (const [role, value] of Object.entries(params) as [Role, Json][]) setAt(body, request[role] ?? `/${role}`, value);
  return satisfies(delivery.inlineIf, body);
}

export function effectiveRequest(
  task: AsyncTask,
  defaults: RoleDefaults,
  body: Json,
  received: Json,
): EffectiveRequest {
  const params: Partial<Record<Role, Json>> = {};
  for (const [role, pointer] of Object.entries(task.request) as [Role, string][]) {
    const value = (getAt(body, pointer) as Json | undefined) ?? defaults[role];
    if (value !== undefined) params[role] = value;
  }
  for (const clamp of task.clamp ?? []) {
    const role = (Object.keys(task.request) as Role[]).find((name) => task.request[name] === clamp.pointer);
    const value = role === undefined ? undefined : params[role];
    if (role !== undefined && typeof value === 'number')
      params[role] = Math.min(clamp.maximum, Math.max(clamp.minimum, value));
  }
  const { sizes, formats, transparent, inline } = task.delivery;
  const pixels = sizes[String(params.size)] ?? Object.values(sizes)[0] ?? '1024x1024';
  const [width = 1024, height = 1024] = pixels.split('x').map(Number);
  // Before words are answered with what they became: the condition speaks of the request.
  const inlineAnyway = isInline(task, params);
  for (const [role, words] of Object.entries(task.resolved ?? {}) as [Role, Record<string, Json>][]) {
    const became =
      typeof params[role] === 'string' && Object.hasOwn(words, params[role]) ? words[params[role]] : undefined;
    if (became !== undefined) params[role] = became;
  }
  const format = formats[String(params.format)] ?? Object.values(formats)[0] ?? 'png';
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
