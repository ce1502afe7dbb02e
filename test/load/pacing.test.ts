/** What becomes of the plan when the generator itself stands still for a moment. */
import { expect, test } from 'vitest';
import { fixed } from '../../src/core/polling.js';
import type { LoadEvent } from '../../src/load/run-load.js';
import type { FakeAnswer } from '../client/fake-vendor.js';
import { load } from './fake-load.js';

/** Twenty tasks, 50 ms apart, each polled once a second; at the third poll of task 10 everything stands still. */
async function polled(stillMs: number, onPoll?: (count: number, task: number) => FakeAnswer | undefined) {
  const polls: (LoadEvent & { type: 'poll' })[] = [];
  const { clock, run } = load(
    {
      rate: 20,
      maxTasks: 20,
      durationMs: 8_000,
      policy: fixed(1000),
      onEvent: (event) => {
        if (event.type !== 'poll') return;
        polls.push(event);
        if (event.task === 10 && event.poll === 3) clock.advance(stillMs);
      },
    },
    { durationMs: () => 60_000, ...(onPoll === undefined ? {} : { onPoll }) },
  );
  await run();
  return polls;
}

const gaps = (moments: readonly number[]) => moments.slice(1).map((at, index) => at - (moments[index] ?? 0));

test('a pause delays what was due in it, and no later interval has a rush of it', async () => {
  const polls = await polled(400);
  const late = polls.filter(({ startedAt, plannedAt }) => startedAt - plannedAt > 10);
  expect(late.map(({ task, poll }) => [task, poll])).toEqual([11, 12, 13, 14, 15, 16, 17].map((task) => [task, 3]));
  const fifth = polls.filter(({ poll }) => poll === 5).map(({ startedAt }) => startedAt);
  expect(gaps(fifth)).toEqual(Array(19).fill(50));
});

test('however long the pause, nobody asks again before half of the wait is over', async () => {
  const polls = await polled(3_000);
  for (let task = 1; task <= 20; task += 1) {
    const moments = polls.filter((poll) => poll.task === task).map(({ startedAt }) => startedAt);
    expect(Math.min(...gaps(moments))).toBeGreaterThanOrEqual(500);
  }
});

test('what the vendor asks to wait is waited in full, however late the request was', async () => {
  let polls = 0;
  const throttled = { status: 429, headers: { 'retry-after': '2' }, body: {} };
  const sent = await polled(400, (_, task) => {
    if (task === 11) polls += 1;
    return task === 11 && polls === 3 ? throttled : undefined;
  });
  const [late, next] = sent.filter(({ task, poll }) => task === 11 && (poll === 3 || poll === 4));
  expect((late?.startedAt ?? 0) - (late?.plannedAt ?? 0)).toBe(350);
  expect((next?.startedAt ?? 0) - (late?.finishedAt ?? 0)).toBe(2000);
});
