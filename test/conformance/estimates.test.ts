/** How long tasks were told to take, beside how long they took: a figure of the report, and never a finding. */
import { expect, test } from 'vitest';
import { judgeMock } from '../support/judge.js';

test('a vendor that shows estimates gets a figure for each task and for all of them', async () => {
  const { estimates, journeys = [], findings } = await judgeMock('evolink');
  const each = journeys.flatMap(({ estimate }) => estimate ?? []);
  expect(each.length).toBeGreaterThan(10);
  // The mock goes ten times as fast as the vendor whose estimates it gives.
  for (const { toldSeconds, tookSeconds } of each) expect(tookSeconds).toBeLessThan(toldSeconds);
  expect(estimates).toMatchObject({ tasks: each.length, tooShort: 0 });
  expect(estimates?.worstOffSeconds).toBe(
    Math.max(...each.map(({ toldSeconds, tookSeconds }) => toldSeconds - tookSeconds)),
  );
  expect(estimates?.offSeconds).toBeLessThanOrEqual(estimates?.worstOffSeconds ?? 0);
  expect(findings).toEqual([]);
});

test('where a task tells how long it took, its own word counts', async () => {
  const { journeys = [], exchanges } = await judgeMock('apimart', [], 1, [], { only: ['baseline'] });
  const [journey] = journeys.filter(({ estimate }) => estimate !== undefined);
  const last = exchanges.find(({ id }) => id === journey?.polls.at(-1));
  const { data } = JSON.parse(last?.answer?.body ?? '{}') as { data: Record<string, number> };
  expect(journey?.estimate).toEqual({ toldSeconds: data['estimated_time'], tookSeconds: data['actual_time'] });
});

test('a vendor that shows none gets none', async () => {
  expect((await judgeMock('gptimage15', [], 1, [], { only: ['baseline'] })).estimates).toBeUndefined();
});
