import { z } from 'zod';

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const factIds = z.array(z.string()).optional();

/** Our own words for the same message in other languages, by language (`ja`); `{field}` is the parameter's name. */
const messages = z.record(z.string().regex(/^[a-z]{2}$/, 'must be a language such as ja'), z.string()).optional();

/** Reasons to refuse a request or to answer with an error, in terms that all vendors share. */
export const errorKinds = [
  'invalidRequest',
  'unauthorized',
  'paymentRequired',
  'forbidden',
  'notFound',
  'unknownTask',
  'malformedTaskId',
  'methodNotAllowed',
  'bodyTooLarge',
  'unsupportedMediaType',
  'moderation',
  'idempotencyReused',
  'idempotencyInProgress',
  'rateLimited',
  'serverError',
  'badGateway',
] as const;
export type ErrorKind = (typeof errorKinds)[number];

export const errorKind = z.strictObject({
  status: z.int().min(400).max(599),
  code: scalar.optional(),
  type: z.string().optional(),
  param: scalar.optional(),
  messages,
  /** Other statuses that a check accepts for the same refusal. */
  accept: z.array(z.int()).optional(),
  facts: factIds,
});

export const taskFailure = z.strictObject({
  code: scalar.optional(),
  type: z.string().optional(),
  message: z.string().optional(),
  messages,
  facts: factIds,
});

/** A parameter that is refused in its own way; `{value}` and `{allowed}` stand for what was sent and what may be. */
export const fieldRefusal = z.strictObject({
  pointer: z.string().regex(/^(\/[^/]*)+$/, 'must be a JSON pointer such as /size'),
  kind: z.enum(errorKinds),
  message: z.string().optional(),
  facts: factIds,
});
