import { z } from 'zod';
import { phases } from '../core/task.js';
import { callbackRulesSchema } from './callback-rules.js';
import { duration } from './duration-word.js';
import { errorKind, errorKinds, fieldRefusal, taskFailure } from './error-words.js';

export { type ErrorKind, errorKinds } from './error-words.js';

/**
 * The `x-async-task` block of a submit operation: everything about a vendor's task lifecycle that OpenAPI cannot say.
 * The mock renders answers by it; client and runner read answers by it. Durations are texts such as `5s` or `24h`.
 */
const pointer = z.string().regex(/^(\/[^/]*)*$/, 'must be a JSON pointer such as /data/task_id');
const factIds = z.array(z.string()).optional();
const phase = z.enum(phases);
const pixels = z.string().regex(/^\d+x\d+$/, 'must be pixels such as 1024x1536');

/**
 * What a place of an answer can hold. `param.<role>` repeats a request parameter as it took effect; `result.…` is one
 * result of many, `results.…` the list of all of them in one place.
 */
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
  'results.url',
  'results.b64',
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
    /**
     * How a moment or a value is written. Moments are ISO 8601, whole Unix seconds, or date and time with a blank
     * between them; `integer` is for status words that are numbers.
     */
    as: z.enum(['unix-seconds', 'iso-8601', 'date-blank-time', 'string', 'integer', 'json-string']).optional(),
    /** The phases in which the place is there; all by default. */
    when: z.array(phase).optional(),
    /** What stands there in every other phase, and where there is no value; without it the place is left out then. */
    otherwise: z.json().optional(),
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
  /** Words such as `auto` that an answer repeats as what they became, by role. */
  resolved: z.partialRecord(z.enum(roles), z.record(z.string(), z.json())).optional(),
  /** Numbers that the vendor moves into bounds instead of refusing them. */
  clamp: z.array(z.strictObject({ pointer, minimum: z.number(), maximum: z.number(), facts: factIds })).optional(),
  /** Parameters without effect while the body satisfies the schema; never refused for it. */
  ignore: z.array(z.strictObject({ pointer, if: z.json(), facts: factIds })).optional(),
  /** What the mask must be, as far as its bytes are at hand. */
  mask: z.strictObject({ alpha: z.boolean(), sizeOfFirstReference: z.boolean(), facts: factIds }).optional(),
  delivery: z.strictObject({
    /** From the size as asked to the pixels delivered. */
    sizes: z.record(z.string(), pixels),
    /** From the format as asked to the file format; the first is delivered where none can be asked. */
    formats: z.record(z.string(), z.enum(['png', 'jpeg', 'webp'])),
    /** Values of the background parameter that deliver real transparency. */
    transparent: z.array(z.string()).optional(),
    /** Values of the encoding parameter that put the image itself into the answer. */
    inline: z.array(z.string()).optional(),
    /** The image itself stands in the answer of every request that satisfies this schema, whatever the encoding. */
    inlineIf: z.json().optional(),
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
  /** The HTTP status of the accepted answer; 200 by default. */
  acceptedStatus: z.int().min(200).max(299).optional(),
  /** Request headers that come back in every answer. */
  echoHeaders: z.array(z.string()).optional(),
  /** The header that makes a repeated submit one task, and for how long; without it the header has no effect. */
  idempotency: z
    .strictObject({ header: z.string(), window: duration, replayedHeader: z.string().optional(), facts: factIds })
    .optional(),
  /** A header that comes back in every answer, made up where the request has none. */
  requestIdHeader: z.string().optional(),
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
  errors: z.strictObject({
    answer,
    kinds: z.partialRecord(z.enum(errorKinds), errorKind),
    /** Parameters whose refusal is another one than `invalidRequest`. */
    fields: z.array(fieldRefusal).optional(),
  }),
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
  callback: callbackRulesSchema.optional(),
  advice: z
    .strictObject({ pollInterval: z.strictObject({ minimum: duration, maximum: duration, facts: factIds }).optional() })
    .optional(),
  lifetimes: z.strictObject({ resultUrl: duration.optional(), task: duration.optional(), facts: factIds }).optional(),
});

export type AsyncTask = z.output<typeof asyncTaskSchema>;
