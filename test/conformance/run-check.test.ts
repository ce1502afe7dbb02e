import { expect, test } from 'vitest';
import { exitCodeFor } from '../../src/conformance/run-check.js';
import { NotJudgedError, UsageError } from '../../src/core/errors.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { type Wire, WireError } from '../../src/platform/wire.js';
import { check, contract, failed, pictures } from './check-page-server.js';
import { pageServer, type Twist } from './page-server.js';

test('a server that does what its page says is conformant', async () => {
  const { report } = await check();
  expect(report.findings).toEqual([]);
  expect(report.verdict).toBe('conformant');
  expect(exitCodeFor(report, 'note')).toBe(0);
  expect(report.summary).toMatchObject({ tasks: 24, images: 11, checks: { fail: 0, inconclusive: 0 } });
  const skipped = report.checks.filter(({ verdict }) => verdict === 'skipped');
  expect(skipped.every(({ reason }) => reason !== undefined)).toBe(true);
});

test('depth free creates no task, depth smoke one', async () => {
  const free = await check({ depth: 'free' });
  expect(free.report.summary.tasks).toBe(0);
  expect(free.report.verdict).toBe('conformant');
  const smoke = await check({ depth: 'smoke' });
  expect(smoke.report.summary.tasks).toBe(1);
});

test('a whole run creates no more tasks than each probe has said, and none at depth free', async () => {
  const { report, events } = await check({ cases: 'all' });
  const [started] = events;
  if (started?.type !== 'started') throw new Error('no plan');
  const created = (probe: string) =>
    report.exchanges.filter(
      (one) => one.probe === probe && one.operation === contract.submit?.id && one.answer?.status === 200,
    ).length;
  for (const { id, tasks } of started.plan.probes) expect(created(id), id).toBeLessThanOrEqual(tasks);
  const exact = ['fuzz-legal', 'legal-combinations', 'unknown-field', 'variants', 'boundaries', 'documented-examples'];
  for (const { id, tasks } of started.plan.probes) if (exact.includes(id)) expect(created(id), id).toBe(tasks);
  const free = await check({ cases: 'all', depth: 'free' });
  expect(free.report.summary.tasks).toBe(0);
  expect(free.report.summary.requests).toBeGreaterThan(200);
});

test('probes that do not fit into the allowed number of tasks are left out and say so', async () => {
  const { report, events } = await check({ maxTasks: 3 });
  expect(report.summary.tasks).toBeLessThanOrEqual(3);
  expect(report.probes?.find(({ id }) => id === 'variants')?.reason).toMatch(/--max-tasks/);
  const [started] = events;
  expect(started).toMatchObject({ type: 'started', plan: { ceiling: { tasks: 3, cost: 30, unit: 'credits' } } });
});

test('equal seeds send equal requests, another seed another prompt', async () => {
  const sent = async (seed: number) => {
    const { report } = await check({ seed, depth: 'smoke' });
    return report.exchanges.filter(({ probe }) => probe === 'baseline').map(({ request }) => request.body);
  };
  expect(await sent(1)).toEqual(await sent(1));
  expect((await sent(1))[0]).not.toEqual((await sent(2))[0]);
});

test('a key never stands in a report, even where the server repeats it', async () => {
  const reply: Twist['reply'] = (answer, { headers }) =>
    answer.status === 401
      ? { ...answer, body: { code: 401, message: headers['authorization'] ?? 'sk-first', data: null } }
      : answer;
  const { report } = await check({ twist: { reply, account: (key) => (key === 'sk-first' ? 'first' : undefined) } });
  const text = JSON.stringify(report);
  expect(text).toContain('<other-key>');
  expect(text).not.toMatch(/sk-first|sk-second/);
});

test('nothing is judged where nobody answers', async () => {
  const wire: Wire = async () => {
    throw new WireError('refused', '127.0.0.1:9: connect ECONNREFUSED');
  };
  await expect(check({ wire })).rejects.toThrow(NotJudgedError);
});

test('nothing is judged with a key that is refused', async () => {
  await expect(check({ apiKey: 'sk-mistyped' })).rejects.toThrow(/refuses the key/);
});

test('answers that break off are findings, and a server that has gone ends the run', async () => {
  const clock = createVirtualClock();
  const server = pageServer(clock, pictures);
  let answered = 0;
  const wire: Wire = (request) => {
    answered += 1;
    if (answered > 20) throw new WireError('reset', '127.0.0.1:9: socket hang up');
    return server(request);
  };
  const { report } = await check({ wire, clock });
  expect(failed(report)).toEqual(['answers-whole']);
  expect(report.summary.stopped).toMatch(/no answer 5 times/);
  expect(report.summary.requests).toBe(25);
});

test('a stopped run gives the report of what was seen', async () => {
  const clock = createVirtualClock();
  const halt = new AbortController();
  const server = pageServer(clock, pictures);
  let sent = 0;
  const wire: Wire = async (request) => {
    sent += 1;
    if (sent === 10) halt.abort();
    return server(request);
  };
  const { report } = await check({ wire, clock, signal: halt.signal });
  expect(report.summary.stopped).toBe('interrupted');
  expect(exitCodeFor(report)).toBe(130);
  expect(report.checks.length).toBeGreaterThan(30);
});

test('only the chosen checks are judged, and an unknown name is a usage error', async () => {
  const { report } = await check({ only: ['size-honoured'], depth: 'full' });
  expect(report.checks.filter(({ verdict }) => verdict !== 'skipped').map(({ id }) => id)).toEqual(['size-honoured']);
  await expect(check({ only: ['sise-honoured'] })).rejects.toThrow(UsageError);
});
