import { z } from 'zod';

const text = z.string();
const texts = z.array(text);
const headers = z.record(text, text);
const count = z.number().int().nonnegative();

const image = z.object({
  format: z.enum(['png', 'jpeg', 'webp', 'gif']),
  width: z.number(),
  height: z.number(),
  alphaChannel: z.boolean(),
  transparentPixel: z.boolean().optional(),
  complete: z.boolean(),
});

const purpose = z.object({
  case: text,
  what: text,
  facts: texts,
  pointer: text.optional(),
  refusal: texts.optional(),
  again: text.optional(),
});

const exchange = z.object({
  id: text,
  probe: text,
  operation: text.optional(),
  purpose: purpose.optional(),
  credential: text.optional(),
  request: z.object({ method: text, url: text, headers, body: text.optional() }),
  answer: z
    .object({
      status: z.number().int(),
      headers,
      body: text.optional(),
      bytes: count,
      sha256: text.optional(),
      image: image.optional(),
      truncated: z.boolean().optional(),
    })
    .optional(),
  failure: text.optional(),
  startedAt: z.number(),
  finishedAt: z.number(),
});

const journeyRecord = z.object({
  probe: text,
  operation: text,
  taskId: text.optional(),
  end: text,
  submit: text,
  polls: texts,
  pollsAtOnce: z.object({ first: texts, last: texts }),
  downloads: z.array(texts),
  results: z.array(
    z.object({
      where: text,
      bytes: count,
      contentType: text.optional(),
      image: image.optional(),
      problem: text.optional(),
      notFetched: z.boolean().optional(),
    }),
  ),
  fields: z.unknown().optional(),
  balances: z.object({ before: texts, after: texts }).optional(),
  callbacks: texts.optional(),
  phases: z.array(z.object({ phase: text, word: text.optional(), at: z.number() })),
});

const callback = z.object({
  id: text,
  method: text,
  path: text,
  headers,
  body: text.optional(),
  receivedAt: z.number(),
  answered: z.number().int(),
});

const probe = z.object({
  id: text,
  title: text,
  verdict: z.enum(['ran', 'skipped', 'stopped']),
  reason: text.optional(),
  notes: texts,
  requests: count,
});

/** What is read back of a JSON report of `check`; its verdicts are not: they are found anew. */
export const reportSchema = z.object({
  schemaVersion: z.literal(1),
  kind: z.literal('check'),
  vendor: text,
  target: text,
  seed: z.number(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  summary: z.object({ depth: text, stopped: text.optional() }),
  probes: z.array(probe).optional(),
  journeys: z.array(journeyRecord).optional(),
  callbacks: z.array(callback).optional(),
  exchanges: z.array(exchange),
});

const harHeaders = z.array(z.object({ name: text, value: text }));

/** What is read of an HTTP Archive 1.2; a log of our own carries more under `_proofsheet`. */
export const harSchema = z.object({
  log: z.object({
    version: text,
    entries: z.array(
      z.object({
        startedDateTime: z.iso.datetime({ offset: true }),
        time: z.number(),
        request: z.object({
          method: text,
          url: text,
          headers: harHeaders,
          postData: z.object({ mimeType: text.optional(), text: text.optional() }).optional(),
        }),
        response: z.object({
          status: z.number().int(),
          headers: harHeaders,
          content: z.object({
            size: z.number().optional(),
            mimeType: text.optional(),
            text: text.optional(),
            encoding: text.optional(),
          }),
        }),
        _proofsheet: z
          .object({
            id: text,
            probe: text,
            operation: text.optional(),
            purpose: purpose.optional(),
            credential: text.optional(),
            failure: text.optional(),
            image: image.optional(),
            bytes: count.optional(),
            sha256: text.optional(),
            truncated: z.boolean().optional(),
          })
          .optional(),
      }),
    ),
    _proofsheet: z
      .object({
        vendor: text,
        target: text,
        seed: z.number(),
        depth: text,
        startedAt: z.iso.datetime(),
        finishedAt: z.iso.datetime(),
        journeys: z.array(journeyRecord).optional(),
        callbacks: z.array(callback).optional(),
        probes: z.array(probe).optional(),
      })
      .optional(),
  }),
});

export type Har = z.output<typeof harSchema>;
