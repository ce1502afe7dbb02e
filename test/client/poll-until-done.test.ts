/** The poller against a model of it, for any server and any policy. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PollDeadlineError } from '../../src/client/errors/poll-deadline-error.js';
import { type PollUntilDoneOptions, pollUntilDone } from '../../src/client/poll-until-done.js';
import { TimeLimitError } from '../../src/client/time-limit.js';
import { UsageError } from '../../src/core/errors.js';
import { fixed, type PollFacts } from '../../src/core/polling.js';
import { createRng } from '../../src/platform/random.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { anyPolicy } from '../core/polling/policy-bounds.js';
import { anyScript, type End, errorOf, expected, playing, type Rules, type Script } from './poll-model.js';

const seed = { seed: 5020 };
const HAIR = 1e-6;

const anyRules = fc.record(
  {
    deadlineMs: fc.integer({ min: 1, max: 180_000 }),
    requestTimeoutMs: fc.integer({ min: 1, max: 60_000 }),
    tolerance: fc.integer({ min: 0, max: 6 }),
    fresh: fc.boolean(),
    // No other moment falls on a half, so that nothing happens just as the caller gives up.
    abortMs: fc.integer({ min: 0, max: 180_000 }).map((ms) => ms + 0.5),
  },
  { requiredKeys: ['deadlineMs', 'requestTimeoutMs', 'tolerance', 'fresh'] },
);

function endOf(error: unknown, reason: Error): End {
  if (error === reason) return { kind: 'aborted' };
  if (error instanceof PollDeadlineError) return { kind: 'deadline' };
  if (error instanceof TimeLimitError) return { kind: 'timed-out' };
  const poll = Number(/^question (\d+)$/.exec((error as Error).message)?.[1]);
  return { kind: 'error', poll };
}

async function play(script: Script, rules: Omit<Rules, 'startAt'>, policy = fixed(1000)) {
  const clock = createVirtualClock();
  const startAt = clock.now();
  const server = playing(script, clock);
  const chosen: { poll: number; facts: PollFacts; ms: number }[] = [];
  const given = new AbortController();
  const reason = new Error('enough');
  const rng = createRng('chance');
  const { abortMs, ...limits } = rules;
  if (abortMs !== undefined) void clock.sleep(abortMs).then(() => given.abort(reason));
  const end = await clock.run(() =>
    pollUntilDone({
      ask: server.ask,
      policy: {
        name: policy.name,
        delayMs(poll, facts = {}) {
          const ms = policy.delayMs(poll, facts);
          chosen.push({ poll, facts, ms });
          return ms;
        },
      },
      clock,
      chance: rng.next,
      signal: given.signal,
      ...limits,
    }).then(
      ({ value, polls }): End => {
        expect(polls).toBe(server.asked.length);
        return { kind: 'value', value };
      },
      (error: unknown) => endOf(error, reason),
    ),
  );
  const at = clock.now();
  // Whatever was still open has been told to stop.
  await new Promise(setImmediate);
  return { end, at, startAt, chosen, asked: server.asked, ...server.figures() };
}

test('whatever the server does, every question, wait and end is the one that the model foresees', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyScript,
      anyRules,
      anyPolicy({ min: 50, max: 30_000 }),
      async (script, rules, { policy, bounds }) => {
        const { end, at, startAt, chosen, asked, mostAtOnce, stillOpen } = await play(script, rules, policy);
        const model = expected(
          script,
          { ...rules, startAt },
          chosen.map(({ ms }) => ms),
        );
        expect({ end, at }).toEqual({ end: model.end, at: expect.closeTo(model.at, 3) });
        expect(asked.map((one) => one.at - startAt)).toEqual(model.asks.map((one) => expect.closeTo(one - startAt, 3)));
        expect(asked.map(({ poll }) => poll)).toEqual(asked.map((_, index) => index + 1));
        chosen.forEach(({ poll, facts: { chance, ...facts }, ms }, index) => {
          expect(poll).toBe(rules.fresh ? index + 1 : index + 2);
          expect(chance).toBeGreaterThanOrEqual(0);
          const { elapsedMs = 0, ...others } = model.facts[index] ?? {};
          expect(facts).toEqual({ ...others, elapsedMs: expect.closeTo(elapsedMs, 3) });
          const [least, most] = bounds(poll, facts);
          expect(ms).toBeGreaterThanOrEqual(least - HAIR);
          expect(ms).toBeLessThanOrEqual(most + HAIR);
        });
        expect(at - startAt).toBeLessThanOrEqual(rules.deadlineMs + HAIR);
        expect(mostAtOnce).toBeLessThanOrEqual(1);
        expect(stillOpen).toBe(0);
      },
    ),
    { ...seed, numRuns: 400 },
  );
});

test('an endless wait costs no more questions than the deadline holds waits', async () => {
  const pending = fc.record({
    latencyMs: fc.integer({ min: 0, max: 500 }),
    deadlineMs: fc.integer({ min: 1, max: 30_000 }),
  });
  await fc.assert(
    fc.asyncProperty(pending, fc.integer({ min: 50, max: 5000 }), async ({ latencyMs, deadlineMs }, interval) => {
      const script: Script = { steps: [], last: { kind: 'pending', latencyMs } };
      const rules = { deadlineMs, requestTimeoutMs: 60_000, tolerance: 5, fresh: true };
      const { end, asked } = await play(script, rules, fixed(interval));
      expect(end).toEqual({ kind: 'deadline' });
      expect(asked.length).toBeLessThanOrEqual(Math.ceil(deadlineMs / (interval + latencyMs)));
    }),
    { ...seed, numRuns: 50 },
  );
});

test('trouble without end is asked through exactly as often as is tolerated', async () => {
  const kinds = fc.constantFrom('missing', 'trouble', 'hang');
  await fc.assert(
    fc.asyncProperty(
      fc.array(kinds, { minLength: 12, maxLength: 12 }),
      fc.integer({ min: 0, max: 8 }),
      async (all, tolerance) => {
        const script: Script = {
          steps: all.map((kind) => ({ kind, latencyMs: 10 })),
          last: { kind: 'done', latencyMs: 0 },
        };
        const rules = { deadlineMs: 1e7, requestTimeoutMs: 1000, tolerance, fresh: true };
        const { end, asked } = await play(script, rules);
        expect(asked).toHaveLength(tolerance + 1);
        expect(end.kind).toBe(all[tolerance] === 'hang' ? 'timed-out' : 'error');
      },
    ),
    { ...seed, numRuns: 50 },
  );
});

test('an answer that cannot be understood ends it at once, with the error as it was thrown', async () => {
  const clock = createVirtualClock();
  const error = errorOf(1);
  const work = clock.run(() =>
    pollUntilDone({ ask: () => Promise.reject(error), policy: fixed(100), deadlineMs: 5000, clock }),
  );
  await expect(work).rejects.toBe(error);
  expect(clock.now()).toBe(createVirtualClock().now() + 100);
});

test('the deadline says how far it got', async () => {
  const clock = createVirtualClock();
  const work = clock.run(() =>
    pollUntilDone({
      ask: async () => ({ kind: 'pending', state: 'painting' }),
      policy: fixed(1000),
      deadlineMs: 3500,
      clock,
    }),
  );
  await expect(work).rejects.toMatchObject({ name: 'PollDeadlineError', polls: 3, lastSeen: 'last seen painting' });
  await expect(work).rejects.toThrow('Not done within 3.5 s and 3 polls (last seen painting)');
});

test('a signal that has aborted before lets nothing be asked', async () => {
  const reason = new Error('enough');
  for (const fresh of [true, false]) {
    const ask = () => expect.unreachable('it was asked');
    const work = pollUntilDone({ ask, policy: fixed(1), deadlineMs: 10, fresh, signal: AbortSignal.abort(reason) });
    await expect(work).rejects.toBe(reason);
  }
});

test.each<[string, Partial<PollUntilDoneOptions<never>>, RegExp]>([
  ['no deadline', { deadlineMs: Number.NaN }, /deadlineMs must be a positive number of milliseconds, is NaN/],
  ['no time for a question', { requestTimeoutMs: 0 }, /requestTimeoutMs must be a positive/],
  ['an unknown kind of answer', { ask: async () => ({ kind: 'maybe' }) as never }, /unknown kind of answer "maybe"/],
  ['a policy without a number', { policy: fixed(Number.NaN) }, /gives no number for poll 1/],
])('%s is a mistake of the caller', async (_, options, message) => {
  const clock = createVirtualClock();
  const ask = async () => ({ kind: 'pending' }) as const;
  const work = clock.run(() => pollUntilDone({ ask, policy: fixed(10), deadlineMs: 1000, clock, ...options }));
  await expect(work).rejects.toThrow(UsageError);
  await expect(work).rejects.toThrow(message);
});
