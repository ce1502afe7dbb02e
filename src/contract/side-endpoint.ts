import { z } from 'zod';
import { ContractError, type ContractProblem } from '../core/errors.js';
import { type Json, pointerTokens, setTokens, toPointer } from '../core/pointer.js';
import { encode } from './answer-shape.js';
import type { Contract } from './contract.js';
import { duration } from './duration-word.js';
import { resolve } from './operations.js';

/**
 * The `x-side-endpoint` block of an operation that is no part of a task's life: an account's balance, the list of
 * models, the upload of a picture to start from. The mock answers by it.
 */
const pointer = z.string().regex(/^(\/[^/]*)+$/, 'must be a JSON pointer such as /data/0/id');

const sources = [
  'account.remaining',
  'account.used',
  'account.unlimited',
  'model.id',
  'file.url',
  'file.name',
  'file.type',
  'file.bytes',
  'file.createdAt',
  'error.message',
] as const;
export type SideSource = (typeof sources)[number];
/** What an answer can be filled from; a source with several values stands at a place with `*`. */
export type SideValues = Partial<Record<SideSource, Json | readonly Json[]>>;

const places = [
  z.enum(sources).transform((from) => ({ from })),
  z.strictObject({
    from: z.enum(sources),
    as: z.enum(['unix-seconds', 'iso-8601', 'string']).optional(),
    /** For numbers: the same amount in another unit. */
    times: z.number().optional(),
  }),
  z.strictObject({ value: z.json() }),
] as const;
const field = z.union(places, { error: `must be {value: …} or one of ${sources.join(', ')}` });
const answer = z.record(pointer, field);
type SideShape = z.output<typeof answer>;

const sideEndpointSchema = z
  .strictObject({
    kind: z.enum(['balance', 'models', 'upload']),
    answer,
    upload: z
      .strictObject({
        /** The part of the form that holds the file. */
        field: z.string(),
        maxBytes: z.int().positive(),
        types: z.array(z.enum(['image/png', 'image/jpeg', 'image/webp', 'image/gif'])).nonempty(),
        /** How long the file can be fetched. */
        lifetime: duration,
      })
      .optional(),
    /** What a refused key is told, where it is not the usual error. */
    refusal: z.strictObject({ status: z.int(), answer }).optional(),
    facts: z.array(z.string()).optional(),
  })
  .refine(({ kind, upload }) => kind !== 'upload' || upload !== undefined, {
    path: ['upload'],
    message: 'is needed where kind is upload',
  });
export type SideEndpoint = z.output<typeof sideEndpointSchema>;

/** A key that is wrong is told by what is wrong with it, not only that it is. */
function messageOf(issue: z.core.$ZodIssue): string {
  return issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
}

/** The side endpoints of a contract by operationId. Throws a `ContractError` that lists every mistake in them. */
export function sideEndpointsOf(contract: Contract): ReadonlyMap<string, SideEndpoint> {
  const found = new Map<string, SideEndpoint>();
  const problems: ContractProblem[] = [];
  for (const operation of contract.operations) {
    const at = `${operation.pointer}/x-side-endpoint`;
    const raw = resolve(contract.document, at).value;
    if (raw === undefined) continue;
    const parsed = sideEndpointSchema.safeParse(raw);
    if (parsed.success) found.set(operation.id, parsed.data);
    else
      for (const issue of parsed.error.issues)
        problems.push({ pointer: at + toPointer(issue.path.map(String)), message: messageOf(issue) });
  }
  if (problems.length > 0) throw new ContractError(contract.file, problems);
  return found;
}

/** Writes an answer in the vendor's shape; `*` stands for every value of a source that has several. */
export function renderSide(shape: SideShape, values: SideValues): Json {
  const body: Json = {};
  for (const [place, one] of Object.entries(shape)) {
    const tokens = pointerTokens(place);
    if ('value' in one) {
      // A fixed value beside the entries of a list stands in each of them, however many there are.
      const count = Math.max(0, ...Object.values(values).map((value) => (Array.isArray(value) ? value.length : 0)));
      const indices = tokens.includes('*') ? Array.from({ length: count }, (_, index) => index) : [0];
      for (const index of indices) setTokens(body, indexed(tokens, index), structuredClone(one.value) as Json);
      continue;
    }
    const value = values[one.from];
    if (value === undefined) continue;
    const times = 'times' in one ? one.times : undefined;
    const list = (Array.isArray(value) ? value : [value]) as Json[];
    list.forEach((entry, index) => {
      const scaled = typeof entry === 'number' && times !== undefined && entry >= 0 ? round(entry * times) : entry;
      const written = encode(scaled, 'as' in one ? one.as : undefined);
      if (written !== undefined) setTokens(body, indexed(tokens, index), written);
    });
  }
  return body;
}

function indexed(tokens: readonly string[], index: number): string[] {
  return tokens.map((token) => (token === '*' ? String(index) : token));
}

/** Sums of small decimal prices, so that they can be compared. */
function round(amount: number): number {
  return Math.round(amount * 1e6) / 1e6;
}
