/** Figures of several workers are put together without a rest: it cannot be told how many there were. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deadForAll, type Silence } from '../../../src/load/early-end.js';
import { createLiveWatch } from '../../../src/load/live-figures.js';
import type { LoadSample } from '../../../src/load/load-sample.js';
import { createSummary, type SummaryState } from '../../../src/load/summary.js';

const START = 1_790_000_000_000;
const options = {
  pricePerTask: 3,
  sharedLimit: true,
  stages: [
    { name: 'before', fromMs: 0, untilMs: 4000 },
    { name: 'after', fromMs: 4000, untilMs: Number.POSITIVE_INFINITY },
  ],
  startedAt: START,
  alignedAt: START,
  calledBack: true,
};

// Eighths and powers of two have exact sums, in whatever order they are added up.
const eighths = (most: number) => fc.integer({ min: 0, max: most * 8 }).map((count) => count / 8);
const moment = fc.oneof(eighths(9000), eighths(60_000)).map((ms) => START + ms);
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });

const sent = fc
  .record({
    type: fc.constantFrom('submit' as const, 'poll' as const),
    plannedAt: moment,
    lateMs: eighths(30),
    tookMs: fc.oneof(eighths(20), eighths(5000)),
    status: maybe(fc.constantFrom(200, 429, 500)),
    error: maybe(fc.constantFrom('poll 500', 'poll ECONNRESET')),
    wasted: fc.boolean(),
  })
  .map(({ lateMs, tookMs, ...one }): LoadSample => {
    const startedAt = one.plannedAt + lateMs;
    return { ...one, task: 1, poll: 1, startedAt, finishedAt: startedAt + tookMs };
  });
const ended = fc
  .record({
    at: moment,
    outcome: fc.constantFrom('succeeded', 'failed', 'cancelled', 'abandoned', 'live'),
    polls: fc.nat(300),
    fate: maybe(fc.constantFrom('succeeded' as const, 'failed' as const)),
    readyAfterMs: maybe(fc.constantFrom(256, 1024, 4096)),
    lateMs: fc.oneof(eighths(3000), fc.constant(-16)),
  })
  .map(({ at, outcome, polls, fate, readyAfterMs, lateMs }) => {
    const plannedAt = readyAfterMs === undefined ? at : at - lateMs - readyAfterMs;
    const ready = readyAfterMs === undefined ? {} : { readyAt: plannedAt + readyAfterMs };
    return { type: 'ended', task: 1, at, outcome, polls, plannedAt, ...(fate && { fate }), ...ready } as LoadSample;
  });
const started = fc.record({ at: moment, duplicate: fc.boolean() }).map((one): LoadSample => {
  return { type: 'started', task: 1, ...one };
});
const call = fc.record({ at: moment, ends: fc.boolean(), lost: fc.boolean() }).map((one): LoadSample => {
  return { type: 'call', task: 1, ...one, ...(one.lost ? { error: 'call unreadable' } : {}) };
});

const seenAt = (sample: LoadSample) => ('finishedAt' in sample ? sample.finishedAt : sample.at);

/** As they are seen: which of up to five workers saw it, and whether it told of its figures right after. */
const samples = fc
  .array(fc.record({ sample: fc.oneof(sent, sent, ended, started, call), worker: fc.nat(4), tells: fc.boolean() }), {
    maxLength: 200,
  })
  .map((all) => all.sort((one, other) => seenAt(one.sample) - seenAt(other.sample)));

test('samples split over several summaries and merged give the figures of one, to the last of them', () => {
  fc.assert(
    fc.property(samples, (all) => {
      const whole = createSummary(options);
      const merged = createSummary(options);
      const workers = Array.from({ length: 5 }, () => createSummary(options));
      // What a thread tells has to be plain data.
      const tell = (state: SummaryState) => merged.merge(structuredClone(state));
      for (const { sample, worker, tells } of all) {
        whole.add(sample);
        workers[worker]?.add(sample);
        if (!tells) continue;
        tell((workers[worker] as typeof whole).state());
        workers[worker] = createSummary(options);
      }
      for (const worker of workers) tell(worker.state());
      expect(merged.figures()).toEqual(whole.figures());
      expect(merged.progress()).toEqual(whole.progress());
      expect(merged.paidTasks()).toBe(whole.paidTasks());
    }),
    { seed: 1, numRuns: 150 },
  );
});

test('what workers hand over for the progress adds up, and is handed over once', () => {
  const [whole, shown, ...workers] = Array.from({ length: 4 }, () => createLiveWatch(START));
  const drawn = fc.sample(fc.tuple(fc.oneof(sent, ended, started), fc.nat(1)), { seed: 3, numRuns: 400 });
  for (const [index, [sample, worker]] of drawn.entries()) {
    whole?.add(sample);
    workers[worker]?.add(sample);
    if (index % 50 === 0) for (const one of workers) shown?.merge(structuredClone(one.handOver()));
  }
  for (const one of workers) shown?.merge(one.handOver());
  const figures = whole?.look(START + 2000);
  expect(figures?.requestsPerSecond).toBeGreaterThan(50);
  expect(shown?.look(START + 2000)).toEqual(figures);
  expect(workers[0]?.handOver()).toMatchObject({ inFlight: 0, throttled: 0, recent: { totalMs: 0 } });
});

const silence = (unanswered: number, since: number, until: number, answeredAt = Number.NEGATIVE_INFINITY): Silence => ({
  answeredAt,
  unanswered,
  since,
  until,
  error: 'poll ECONNREFUSED',
});
const answered = (answeredAt: number): Silence => ({
  ...{ answeredAt, unanswered: 0, since: undefined, until: undefined, error: undefined },
});

test.each([
  [
    'all get no answer',
    [silence(6, 0, 1000), silence(7, 100, 900)],
    1000,
    /13 requests in 1\.0 s, the last with poll ECONN/,
  ],
  ['one has had no request at all', [silence(20, 0, 1000)], 1000, /20 requests in 1\.0 s/],
  ['one was answered lately', [silence(20, 0, 1000), answered(700)], 1000, undefined],
  ['one may have been answered since it told last', [silence(20, 0, 1000)], 499, undefined],
  ['one was answered long ago', [silence(20, 0, 1000), silence(5, 600, 900, 500)], 2000, /25 requests in 500 ms/],
  ['too few requests are unanswered', [silence(4, 0, 1000), silence(5, 0, 1000)], 1000, undefined],
  ['nothing was asked yet', [], 1000, undefined],
])('a target is dead for all workers, or for none: %s', (_, silences, knownUntil, reason) => {
  const told = deadForAll(silences, 500, knownUntil);
  if (reason === undefined) expect(told).toBeUndefined();
  else expect(told).toMatch(reason);
});
