import { z } from 'zod';
import { ContractError, type ContractProblem } from '../core/errors.js';
import { type Json, toPointer } from '../core/pointer.js';
import type { OpenApiDocument } from './document.js';
import { duration } from './duration-word.js';
import { type Operation, resolve } from './operations.js';

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
type SideSource = (typeof sources)[number];
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
export type SideShape = z.output<typeof answer>;

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

/** By operationId. */
export type SideEndpoints = ReadonlyMap<string, SideEndpoint>;

/** The side endpoints of a contract. Throws a `ContractError` that lists every mistake in them. */
export function readSideEndpoints(
  file: string,
  document: OpenApiDocument,
  operations: readonly Operation[],
): SideEndpoints {
  const found = new Map<string, SideEndpoint>();
  const problems: ContractProblem[] = [];
  for (const operation of operations) {
    const at = `${operation.pointer}/x-side-endpoint`;
    const raw = resolve(document, at).value;
    if (raw === undefined) continue;
    const parsed = sideEndpointSchema.safeParse(raw);
    if (parsed.success) found.set(operation.id, parsed.data);
    else
      for (const issue of parsed.error.issues)
        problems.push({ pointer: at + toPointer(issue.path.map(String)), message: messageOf(issue) });
  }
  if (problems.length > 0) throw new ContractError(file, problems);
  return found;
}
