/** Misbehaviours as a client meets them: what breaks on the way, however the mock is reached. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faults } from '../../mocks/faults/index.gen.js';
import { readScenario } from '../../mocks/scenarios/read-scenario.js';
import { createMock, createMockFetch, type MockOptions } from '../../src/entry/mock.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { call, describeTransports } from '../support/transports.js';

const vendor = 'evolink';
const base = `http://mock.test/${vendor}`;
const lake = { model: 'gpt-image-1', prompt: 'A lake' };
const generations = '/v1/images/generations';

const mockWith = async (faultNames: readonly string[], more: MockOptions = {}) => {
  const clock = createVirtualClock();
  const send = await createMockFetch({ clock, vendors: [vendor], faults: faultNames, ...more });
  const started = clock.now();
  const ask = async (prompt: string) => {
    const began = clock.now();
    const status = await clock
      .run(() => send(call(base, vendor, generations, { ...lake, prompt })))
      .then(
        (response) => response.status,
        (error: Error) => error.message,
      );
    return { status, ms: clock.now() - began, at: began - started };
  };
  return { clock, send, ask };
};

for (const fault of ['connection-reset=1', 'empty-reply=1'])
  describeTransports(`a mock with ${fault}`, { vendors: [vendor], faults: [fault] }, (reach) => {
    test('gives no answer at all, as a connection that breaks', async () => {
      const sent = reach.send(call(reach.base(vendor), vendor, generations, lake));
      await expect(sent).rejects.toThrow(TypeError);
    });
  });

describeTransports('a mock that cuts its answers', { vendors: [vendor], faults: ['cuts-answers'] }, (reach) => {
  test('announces a whole answer and sends half of it', async () => {
    const response = await reach.send(call(reach.base(vendor), vendor, generations, lake));
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow(TypeError);
  });
});

describe('latency', () => {
  test('is what was asked for', async () => {
    const { ask } = await mockWith(['latency=3s']);
    expect(await ask('A lake')).toMatchObject({ status: 200, ms: 3000 });
  });

  test('lies within its bounds, differs by request and comes again with the seed', async () => {
    const draw = async (seed: number) => {
      const { ask } = await mockWith(['latency=1s-5s'], { seed });
      return [(await ask('a')).ms, (await ask('b')).ms, (await ask('a')).ms];
    };
    const first = await draw(7);
    for (const ms of first) expect(ms).toBeGreaterThanOrEqual(1000);
    for (const ms of first) expect(ms).toBeLessThanOrEqual(5000);
    expect(new Set(first).size).toBe(3);
    expect(await draw(7)).toEqual(first);
    expect(await draw(8)).not.toEqual(first);
  });
});

test('a drip takes its time for the body and changes nothing in it', async () => {
  const { clock, send } = await mockWith(['slow-drip=40s']);
  const began = clock.now();
  const response = await clock.run(async () => {
    const answer = await send(call(base, vendor, generations, lake));
    return { size: answer.headers.get('content-length'), text: await answer.text() };
  });
  expect(clock.now() - began).toBeGreaterThan(30_000);
  expect(response.text).toHaveLength(Number(response.size));
  expect(JSON.parse(response.text)).toMatchObject({ object: 'image.generation.task' });
});

test('bursts of errors come for a share of the time, each of its length, and again with the seed', async () => {
  const watch = async (seed: number) => {
    const { clock, ask } = await mockWith(['error-burst=503,0.25,2s'], { seed });
    const statuses: unknown[] = [];
    for (let tick = 0; tick < 320; tick += 1) {
      statuses.push((await ask('A lake')).status);
      clock.advance(250);
    }
    return statuses;
  };
  const seen = await watch(3);
  expect(new Set(seen)).toEqual(new Set([200, 503]));
  // Ten stretches of eight seconds, eight ticks of errors in each.
  expect(seen.filter((status) => status === 503)).toHaveLength(80);
  const bursts = seen.join(' ').match(/(503 ?)+/g) ?? [];
  for (const burst of bursts) expect(burst.trim().split(' ').length % 8).toBe(0);
  expect(await watch(3)).toEqual(seen);
});

test('a burst reaches nobody: no task is started, and a 503 says when to come again', async () => {
  const clock = createVirtualClock();
  const { engine } = await createMock({ clock, vendors: [vendor], faults: ['error-burst=503,1'] });
  const answer = await engine.handle({
    ...{ method: 'POST', path: `/${vendor}${generations}`, query: '', origin: base, loopback: true },
    headers: { authorization: `Bearer sk-${vendor}-test`, 'content-type': 'application/json' },
    body: new TextEncoder().encode(JSON.stringify(lake)),
  });
  expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
  expect(engine.namespaces.main.mock(vendor)?.store.size).toBe(0);
});

describe('a fault that is named wrongly', () => {
  test.each([
    ['never-end', /^Unknown fault "never-end": near it are never-ends/],
    ['never-ends=5', /^Fault never-ends takes no argument, not "5"$/],
    ['latency=fast', /^Fault latency: "fast" is no duration or range: write 2s, 1s-5s or p50:1s\/p99:20s/],
    ['latency=5s-1s', /is no duration or range/],
    ['error-burst=200', /is not CODE\[,SHARE\[,LENGTH\]\]/],
    ['connection-reset=0', /is no share: write a number above 0 and at most 1/],
    ['accepts-invalid=size', /is no JSON pointer: write for example \/size/],
    ['undocumented-status=nowhere', /is no operation of these contracts/],
    ['cuts-stream', /^Fault cuts-stream has nothing to break in evolink$/],
  ])('%s is refused with what is allowed', async (text, message) => {
    await expect(createMock({ vendors: [vendor], faults: [text] })).rejects.toThrow(message);
  });
});

test.each(faults.flatMap(({ id, argument }) => (argument === undefined ? [] : [[id, argument] as const])))(
  'the example of %s is an argument that it takes',
  (_, { problem, example }) => {
    expect(problem(example, [])).toBeUndefined();
  },
);

describe('in a scenario', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'proofsheet-faults-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const file = async (text: string) => {
    const path = join(folder, 'scenario.yaml');
    await writeFile(path, text);
    return path;
  };

  test('a fault can hold for a while', async () => {
    const scenario = await file('faults:\n  - { fault: latency=3s, from: 10s, until: 20s }\n');
    const { clock, ask } = await mockWith([], { scenario });
    expect((await ask('before')).ms).toBe(0);
    clock.advance(10_000);
    expect((await ask('within')).ms).toBe(3000);
    clock.advance(10_000);
    expect((await ask('after')).ms).toBe(0);
  });

  test('a fault can hold for a part of the tasks, and then for all that is told of them', async () => {
    const scenario = await file('faults:\n  - { fault: done-without-result, share: 0.3 }\n');
    const { clock, send } = await mockWith([], { scenario, seed: 5 });
    const ids = await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const response = await send(call(base, vendor, generations, { ...lake, prompt: `${index}` }));
        return ((await response.json()) as { id: string }).id;
      }),
    );
    clock.advance(60_000);
    const poll = async (id: string) => {
      const task = (await (await send(call(base, vendor, `/v1/tasks/${id}`))).json()) as { results?: unknown[] };
      return (task.results ?? []).length;
    };
    const once = await Promise.all(ids.map(poll));
    const empty = once.filter((count) => count === 0).length;
    expect(empty).toBeGreaterThan(8);
    expect(empty).toBeLessThan(30);
    expect(await Promise.all(ids.map(poll))).toEqual(once);
  });

  test('callbacks go wrong by name', async () => {
    const scenario = await file('faults: [callback-lost, callback-late]\n');
    const { engine } = await createMock({ scenario, vendors: [vendor] });
    expect([...engine.webhooks.oddities]).toEqual(['lost', 'late']);
  });

  test.each([
    ['faults:\n  - dead-result\n  - no-such\n', /line 3, faults\.1: Unknown fault "no-such": /],
    ['faults:\n  - { fault: latency=x, share: 0.5 }\n', /line 2, faults\.0\.fault: Fault latency: "x" is no duration/],
    ['faults:\n  - fault: dead-result\n    share: 2\n', /line 3, faults\.0\.share: /],
    ['faults:\n  - { fault: callback-lost, share: 0.5 }\n', /line 2, faults\.0: callbacks go wrong always or never/],
  ])('a mistake is told with its line: %j', async (text, message) => {
    await expect(readScenario(await file(text))).rejects.toThrow(message);
  });
});
