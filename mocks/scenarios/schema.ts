import { z } from 'zod';
import { parseDuration } from '../../src/core/duration.js';
import { type NamedFault, oddityOf, problemOf } from '../named-fault.js';
import { outcomes } from '../triggers/outcome.js';

/** The shape of a scenario file. Durations are texts such as `250ms`, `5s`, `1m`. */
const duration = z
  .string()
  .regex(/^\d+(\.\d+)?(ms|s|m|h)$/, 'must be a duration such as 250ms, 5s or 1m')
  .transform((text) => parseDuration(text));

const distribution = z.union([
  duration.transform((ms) => ({ kind: 'fixed' as const, ms })),
  z.strictObject({ uniform: z.tuple([duration, duration]) }).transform(({ uniform: [minMs, maxMs] }, context) => {
    if (minMs > maxMs)
      context.addIssue({ code: 'custom', message: 'the first duration must not be longer than the second' });
    return { kind: 'uniform' as const, minMs, maxMs };
  }),
  z
    .strictObject({ lognormal: z.strictObject({ p50: duration, p99: duration }) })
    .transform(({ lognormal }, context) => {
      if (lognormal.p50 >= lognormal.p99 || lognormal.p50 <= 0)
        context.addIssue({ code: 'custom', message: 'p50 must be above zero and below p99' });
      return { kind: 'lognormal' as const, p50Ms: lognormal.p50, p99Ms: lognormal.p99 };
    }),
]);

const timingRule = z
  .strictObject({
    model: z.string().optional(),
    quality: z.string().optional(),
    queued: distribution.optional(),
    running: distribution.optional(),
    coldStart: z.strictObject({ after: duration, delay: distribution }).optional(),
  })
  .transform(({ coldStart, model, quality, queued, running }) => ({
    ...(model === undefined ? {} : { model }),
    ...(quality === undefined ? {} : { quality }),
    ...(queued === undefined ? {} : { queued }),
    ...(running === undefined ? {} : { running }),
    ...(coldStart === undefined ? {} : { coldStart: { afterMs: coldStart.after, delay: coldStart.delay } }),
  }));

const chance = z
  .strictObject({
    outcome: z.enum(outcomes.map(({ id }) => id) as [string, ...string[]]),
    share: z.number().min(0).max(1),
    from: duration.optional(),
    until: duration.optional(),
  })
  .transform(({ outcome, share, from, until }) => ({
    outcome,
    share,
    ...(from === undefined ? {} : { fromMs: from }),
    ...(until === undefined ? {} : { untilMs: until }),
  }));

const bucket = z.strictObject({ perSecond: z.number().positive(), burst: z.int().min(1) });

const limits = z
  .strictObject({
    submit: bucket.optional(),
    poll: bucket.optional(),
    shared: z.boolean().optional(),
    concurrency: z.int().min(1).optional(),
  })
  .transform(({ submit, poll, shared, concurrency }) => ({
    ...(submit === undefined ? {} : { submit }),
    ...(poll === undefined ? {} : { poll }),
    ...(shared === undefined ? {} : { shared }),
    ...(concurrency === undefined ? {} : { concurrency }),
  }));

/** The largest sum of shares at any moment: it can only grow where a window begins. */
function mostAtOnce(chances: readonly z.output<typeof chance>[]): number {
  const sums = chances.map(({ fromMs: moment = 0 }) =>
    chances
      .filter(({ fromMs = 0, untilMs = Number.POSITIVE_INFINITY }) => fromMs <= moment && moment < untilMs)
      .reduce((sum, { share }) => sum + share, 0),
  );
  return Math.max(0, ...sums);
}

const faultName = z.string().superRefine((text, context) => {
  const problem = problemOf(text);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
});

/** As `--fault` takes them, or with a part of the tasks or requests and a window. */
const fault = z.union([
  faultName.transform((text): NamedFault => ({ text })),
  z
    .strictObject({
      fault: faultName,
      share: z.number().gt(0).max(1).optional(),
      from: duration.optional(),
      until: duration.optional(),
    })
    .transform(({ fault: text, share, from, until }, context): NamedFault => {
      if (oddityOf(text) !== undefined && [share, from, until].some((part) => part !== undefined))
        context.addIssue({ code: 'custom', message: 'callbacks go wrong always or never: write the name alone' });
      return {
        text,
        ...(share === undefined ? {} : { share }),
        ...(from === undefined ? {} : { fromMs: from }),
        ...(until === undefined ? {} : { untilMs: until }),
      };
    }),
]);

const behaviour = {
  timing: z.array(timingRule).optional(),
  chances: z
    .array(chance)
    .optional()
    .refine((list) => mostAtOnce(list ?? []) <= 1 + 1e-9, { message: 'the shares add up to more than 1' }),
  limits: limits.optional(),
};

export const scenarioSchema = z.strictObject({
  description: z.string().optional(),
  seed: z.int().min(0).optional(),
  speed: z.number().positive().optional(),
  faults: z.array(fault).optional(),
  ...behaviour,
  /** What one vendor does instead, by id; a part that is given replaces the general one. */
  vendors: z.record(z.string(), z.strictObject(behaviour)).optional(),
});

export type Scenario = z.output<typeof scenarioSchema>;
