import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import type { CheckEvent, CheckOptions } from '../../src/conformance/check-options.js';
import { exitCodeFor, runCheck } from '../../src/conformance/run-check.js';
import type { Contract } from '../../src/contract/contract.js';
import { loadContract } from '../../src/contract/load-contract.js';
import type { CheckReport } from '../../src/core/check-report.js';
import { NotJudgedError, UsageError } from '../../src/core/errors.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { type Wire, WireError } from '../../src/platform/wire.js';
import { pageServer, type Twist } from './page-server.js';

let contract: Contract;
const pictures = new Map<string, Uint8Array>();

async function picture(width: number, height: number): Promise<Uint8Array> {
  return sharp({ create: { width, height, channels: 3, background: '#4a7' } })
    .png()
    .toBuffer();
}

beforeAll(async () => {
  contract = await loadContract('specs/gptimage15/openapi.yaml');
  for (const [width, height] of [
    [1024, 1024],
    [1024, 1536],
    [1536, 1024],
  ] as const)
    pictures.set(`${width}x${height}`, await picture(width, height));
});

type Overrides = Partial<CheckOptions> & { readonly twist?: Twist };

async function check({ twist, ...overrides }: Overrides = {}): Promise<{ report: CheckReport; events: CheckEvent[] }> {
  const clock = createVirtualClock();
  const events: CheckEvent[] = [];
  const options: CheckOptions = {
    contract,
    baseUrl: 'http://127.0.0.1:9',
    apiKey: 'sk-first',
    otherKey: 'sk-second',
    depth: 'full',
    seed: 7,
    cases: 'sample',
    timeout: 5_000,
    wire: pageServer(clock, pictures, twist),
    clock,
    version: '0.0.0',
    ...overrides,
  };
  await clock.run(async () => {
    for await (const event of runCheck(options)) events.push(event);
  });
  const last = events.at(-1);
  if (last?.type !== 'finished') throw new Error('no report');
  return { report: last.report, events };
}

const failed = ({ findings }: CheckReport) => [...new Set(findings.map(({ check: id }) => id))].sort();

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

const variations: readonly (readonly [name: string, expected: string, pointer: string, twist: Twist])[] = [
  ['serves without a key', 'missing-key-refused', '', { account: (key) => (key === 'sk-second' ? 'second' : 'first') }],
  [
    'takes a size that is not listed',
    'constraint-refused',
    '/size',
    { refusal: (p) => (p?.includes('size') ? undefined : p) },
  ],
  [
    'crashes on a mistake',
    'server-error',
    '/prompt',
    { reply: (reply) => (reply.status === 400 ? { ...reply, status: 500 } : reply) },
  ],
  [
    'puts errors into another shape',
    'error-envelope',
    '/message',
    { reply: (reply) => (reply.status >= 400 ? { ...reply, body: { oops: true } } : reply) },
  ],
  [
    'refuses scripts other than Latin',
    'valid-accepted',
    '',
    { refusal: (p, { prompt }) => p ?? (/[^ -~]/.test(String(prompt)) ? 'odd' : undefined) },
  ],
  [
    'goes back to the queue',
    'transition-legal',
    '/data/status',
    {
      view: (data, { polls }) =>
        data['status'] === 'IN_PROGRESS' && polls >= 3 ? { ...data, status: 'PENDING' } : data,
    },
  ],
  [
    'uses a word of its own',
    'status-known',
    '/data/status',
    { view: (data) => (data['status'] === 'PENDING' ? { ...data, status: 'WAITING' } : data) },
  ],
  [
    'never comes to an end',
    'eventually-terminal',
    '/data/status',
    {
      view: (data, { id }) => ({
        task_id: id,
        status: 'IN_PROGRESS',
        consumed_credits: 10,
        created_at: data['created_at'] ?? '2025-01-01T00:00:00Z',
      }),
    },
  ],
  [
    'cuts image files short',
    'result-intact',
    '',
    {
      file: (bytes) => ({
        status: 200,
        headers: { 'content-type': 'image/png' },
        body: bytes.subarray(0, 400),
        truncated: false,
      }),
    },
  ],
  [
    'charges for failures',
    'failure-costs-nothing',
    '/data/consumed_credits',
    { view: (data) => ('consumed_credits' in data ? { ...data, consumed_credits: 10 } : data) },
  ],
  [
    'calls unknown tasks running',
    'unknown-id-refused',
    '',
    { unknown: () => ({ status: 200, body: { code: 200, data: { task_id: 'x', status: 'PENDING' } } }) },
  ],
];

test.each(variations)('a server that %s fails %s', async (_, expected, pointer, twist) => {
  const { report } = await check({ twist });
  expect(failed(report)).toContain(expected);
  const finding = report.findings.find((one) => one.check === expected);
  expect(finding).toMatchObject({ severity: 'error', pointer });
  expect(finding?.curl).toMatch(/^curl /);
  const ids = report.exchanges.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining([...(finding?.evidence.exchanges ?? ['none'])]));
  expect(report.verdict).toBe('violations');
  expect(exitCodeFor(report)).toBe(1);
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
