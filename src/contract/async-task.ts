import { z } from 'zod';
import { phases } from '../core/task.js';

/**
 * The `x-async-task` block of a submit operation: everything about a vendor's task lifecycle that OpenAPI cannot say.
 * The mock renders answers by it; client and runner read answers by it. Durations are texts such as `5s` or `24h`.
 */
const pointer = z.string().regex(/^(\/[^/]*)*$/, 'must be a JSON pointer such as /data/task_id');
const factIds = z.array(z.string()).optional();
const phase = z.enum(phases);
const duration = z.string().regex(/^\d+(\.\d+)?(ms|s|m|h)$/, 'must be a duration such as 250ms, 5s or 24h');
const pixels = z.string().regex(/^\d+x\d+$/, 'must be pixels such as 1024x1536');
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** What a place of an answer can hold. `param.<role>` repeats a request parameter as it took effect. */
const sources = [
  'id',
  'status',
  'progress',
  'model',
  'createdAt',
  'finishedAt',
  'etaSeconds',
  'elapsedSeconds',
  'cost',
  'reserved',
  'request',
  'result.url',
  'result.b64',
  'result.expiresAt',
  'error.code',
  'error.type',
  'error.message',
  'error.param',
  'usage.input',
  'usage.inputText',
  'usage.inputImage',
  'usage.output',
  'usage.total',
] as const;

const source = z.union([z.enum(sources), z.templateLiteral(['param.', z.string()])]);

const field = z.union([
  source.transform((from) => ({ from })),
  z.strictObject({
    from: source,
    /** How a moment or a value is written; moments are ISO 8601 or whole Unix seconds. */
    as: z.enum(['unix-seconds', 'iso-8601', 'string', 'json-string']).optional(),
    /** The phases in which the place is there; all by default. */
    when: z.array(phase).optional(),
    /** For `from: status`: the word that is always written here, whatever the phase. */
    word: z.string().optional(),
  }),
  z.strictObject({
    value: z.json(),
    when: z.array(phase).optional(),
    /** What stands there in every other phase; without it the place is left out then. */
    otherwise: z.json().optional(),
  }),
]);

/** An answer's shape: from pointer (`*` = every result) to what stands there, in the order of writing. */
const answer = z.record(pointer, field);
export type AnswerShape = z.output<typeof answer>;
export type AnswerField = AnswerShape[string];

/** One kind of server-sent event: its name and the shape of its data. */
const streamEvent = z.strictObject({ event: z.string(), answer });

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
  'rateLimited',
  'serverError',
  'badGateway',
] as const;
export type ErrorKind = (typeof errorKinds)[number];

const errorKind = z.strictObject({
  status: z.int().min(400).max(599),
  code: scalar.optional(),
  type: z.string().optional(),
  param: scalar.optional(),
  /** Other statuses that a check accepts for the same refusal. */
  accept: z.array(z.int()).optional(),
  facts: factIds,
});

const taskFailure = z.strictObject({
  code: scalar.optional(),
  type: z.string().optional(),
  message: z.string().optional(),
  facts: factIds,
});

/** The request parameters that the product understands, by role. */
const roles = [
  'prompt',
  'model',
  'size',
  'count',
  'quality',
  'format',
  'background',
  'compression',
  'moderation',
  'encoding',
  'stream',
  'partialImages',
  'references',
  'mask',
  'callback',
  'style',
  'fidelity',
  'user',
] as const;
export type Role = (typeof roles)[number];

export const asyncTaskSchema = z.strictObject({
  /** `poll`: an id comes back and is polled. `sync`: the answer to the submit holds the results. */
  mode: z.enum(['poll', 'sync']),
  /** Where each parameter stands in the request body. */
  request: z.partialRecord(z.enum(roles), pointer),
  /** Values that take effect where the vendor states no default: our decision, never judged. */
  assume: z.record(pointer, z.json()).optional(),
  /** Numbers that the vendor moves into bounds instead of refusing them. */
  clamp: z.array(z.strictObject({ pointer, minimum: z.number(), maximum: z.number(), facts: factIds })).optional(),
  /** Parameters without effect while the body satisfies the schema; never refused for it. */
  ignore: z.array(z.strictObject({ pointer, if: z.json(), facts: factIds })).optional(),
  delivery: z.strictObject({
    /** From the size as asked to the pixels delivered. */
    sizes: z.record(z.string(), pixels),
    /** From the format as asked to the file format; the first is delivered where none can be asked. */
    formats: z.record(z.string(), z.enum(['png', 'jpeg', 'webp'])),
    /** Values of the background parameter that deliver real transparency. */
    transparent: z.array(z.string()).optional(),
    /** Values of the encoding parameter that put the image itself into the answer. */
    inline: z.array(z.string()).optional(),
    facts: z.partialRecord(z.enum(['size', 'format', 'count', 'alpha', 'bytes']), z.array(z.string())).optional(),
  }),
  /** Ids of new tasks: `{unix}`, `{alnum:N}` (lower case and digits), `{base32:N}` (Crockford, upper case). */
  id: z
    .strictObject({
      template: z.string(),
      /** Ids that do not match are refused as malformed. */
      pattern: z.string().optional(),
      facts: factIds,
    })
    .optional(),
  /** The accepted answer, or for a synchronous vendor the whole answer. */
  answer,
  /** What is sent instead of the answer while the stream parameter is true. */
  stream: z.strictObject({ partial: streamEvent, completed: streamEvent, facts: factIds }).optional(),
  poll: z
    .strictObject({
      operation: z.string(),
      id: z.strictObject({ in: z.enum(['path', 'query']), name: z.string() }),
      answer,
    })
    .optional(),
  /** From the vendor's status words to phases. The first word of a phase is the one that the mock writes. */
  status: z.strictObject({ words: z.record(z.string(), phase), facts: factIds }).optional(),
  progress: z.strictObject({ minimum: z.number(), maximum: z.number(), facts: factIds }).optional(),
  errors: z.strictObject({ answer, kinds: z.partialRecord(z.enum(errorKinds), errorKind) }),
  /** Why a task can fail, by the vendor's names; `moderation` is what a refused prompt gives. */
  failures: z.strictObject({ moderation: taskFailure, other: z.array(taskFailure).optional() }).optional(),
  price: z
    .strictObject({
      unit: z.string(),
      per: z.enum(['request', 'image', 'token']),
      amount: z.number().optional(),
      /** By delivered size, then quality. */
      table: z.record(z.string(), z.record(z.string(), z.number())).optional(),
      facts: factIds,
    })
    .optional(),
  advice: z
    .strictObject({ pollInterval: z.strictObject({ minimum: duration, maximum: duration, facts: factIds }).optional() })
    .optional(),
  lifetimes: z.strictObject({ resultUrl: duration.optional(), task: duration.optional(), facts: factIds }).optional(),
});

export type AsyncTask = z.output<typeof asyncTaskSchema>;
