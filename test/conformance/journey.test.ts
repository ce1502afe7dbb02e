import { expect, test } from 'vitest';
import { travel } from '../../src/conformance/journey.js';
import { createRecorder } from '../../src/conformance/recorder.js';
import { loadContract } from '../../src/contract/load-contract.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import type { Wire, WireAnswer } from '../../src/platform/wire.js';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAMAAACdt4HsAAAAA1BMVEXIUCi3yA+MAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAG0lEQVRYw+3BgQAAAADDoPlT3+AEVQEAAAB8AxBAAAEZszF2AAAAAElFTkSuQmCC',
  'base64',
);

const answer = (status: number, body: unknown, headers: Record<string, string> = {}): WireAnswer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: Buffer.from(JSON.stringify(body)),
  truncated: false,
});
const accepted = answer(200, { code: 200, data: { task_id: 'n1', status: 'IN_PROGRESS' } });
const done = (url: string) => answer(200, { code: 200, data: { task_id: 'n1', status: 'SUCCESS', response: [url] } });
const image: WireAnswer = { status: 200, headers: { 'content-type': 'image/png' }, body: png, truncated: false };

/** Answers in turn; `seen` holds the requests. */
async function travelOver(baseUrl: string, answers: readonly WireAnswer[]) {
  const contract = await loadContract('specs/gptimage15/openapi.yaml');
  const clock = createVirtualClock();
  const seen: { method: string; url: string; at: number; key: string | undefined }[] = [];
  const start = clock.now();
  const wire: Wire = async ({ method, url, headers }) => {
    seen.push({ method, url, at: clock.now() - start, key: headers['authorization'] });
    return answers[Math.min(seen.length, answers.length) - 1] ?? accepted;
  };
  const recorder = createRecorder({ wire, clock, redact: (text) => text, requestTimeoutMs: 1000 });
  if (contract.submit === undefined) throw new Error('no submit');
  const operation = contract.submit;
  const settings = {
    target: { contract, baseUrl, keys: { key: 'sk-1' }, headers: {} },
    recorder,
    clock,
    pollDelayMs: () => 100,
    timeoutMs: 2000,
    onlyLoopback: baseUrl.includes('127.0.0.1'),
  };
  const plan = {
    operation,
    body: { prompt: 'x' },
    extraPolls: 0,
    purpose: { case: 'valid', what: '', facts: [] },
  } as const;
  return { journey: await clock.run(() => travel(settings, 'test', plan)), seen };
}

test('a throttled request waits as long as it was told, and only then is sent again', async () => {
  const throttled = answer(429, {}, { 'retry-after': '7' });
  const url = 'http://127.0.0.1:9/a.png';
  const { journey, seen } = await travelOver('http://127.0.0.1:9', [throttled, accepted, throttled, done(url), image]);
  expect(seen.map(({ method, at }) => [method, at])).toEqual([
    ['POST', 0],
    ['POST', 7000],
    ['GET', 7100],
    ['GET', 14_100],
    ['GET', 14_100],
  ]);
  expect(journey).toMatchObject({
    end: 'terminal',
    results: [{ image: { format: 'png', width: 64, complete: true } }],
  });
});

test('a submit that is refused is not sent again', async () => {
  const { journey, seen } = await travelOver('http://127.0.0.1:9', [answer(503, {})]);
  expect([journey.end, seen.length]).toEqual(['refused', 1]);
});

test('redirects of a result are followed, and no key goes with them', async () => {
  const moved = answer(302, {}, { location: '/b.png' });
  const { journey, seen } = await travelOver('https://api.example', [
    accepted,
    done('https://cdn.example/a'),
    moved,
    image,
  ]);
  expect(seen.slice(2)).toMatchObject([
    { url: 'https://cdn.example/a', key: undefined },
    { url: 'https://cdn.example/b.png', key: undefined },
  ]);
  expect(journey.results[0]?.fetched).toHaveLength(2);
});

test('a redirect without end is given up', async () => {
  const moved = answer(302, {}, { location: 'https://cdn.example/a' });
  const { journey, seen } = await travelOver('https://api.example', [accepted, done('https://cdn.example/a'), moved]);
  expect(journey.results[0]?.problem).toMatch(/more than 3 times/);
  expect(seen).toHaveLength(6);
});

test('a local target is never a reason to leave this machine, a distant one never a reason to knock at it', async () => {
  const local = await travelOver('http://127.0.0.1:9', [accepted, done('https://cdn.example/a.png')]);
  expect(local.journey.results[0]).toMatchObject({ notFetched: true });
  const distant = await travelOver('https://api.example', [accepted, done('http://127.0.0.1:22/')]);
  expect(distant.journey.results[0]?.problem).toMatch(/machine of whoever reads/);
  expect([local.seen.length, distant.seen.length]).toEqual([2, 2]);
});

test('images inside the answer are decoded', async () => {
  const { journey } = await travelOver('http://127.0.0.1:9', [
    accepted,
    done(`data:image/png;base64,${png.toString('base64')}`),
  ]);
  expect(journey.results[0]).toMatchObject({ where: 'inline', contentType: 'image/png', image: { format: 'png' } });
});

test('a task that never ends is left after the time-out, with all that was seen of it', async () => {
  const running = answer(200, { code: 200, data: { task_id: 'n1', status: 'PENDING' } });
  const { journey } = await travelOver('http://127.0.0.1:9', [accepted, running]);
  expect(journey).toMatchObject({ end: 'timeout', polls: { length: 20 } });
});

test('an answer that is no object, or an id that is no text, ends the journey and nothing else', async () => {
  for (const body of [null, 7, [], { data: null }, { data: { task_id: 5 } }, { data: { task_id: '\ud800' } }]) {
    const { journey } = await travelOver('http://127.0.0.1:9', [answer(200, body)]);
    expect(['without-id', 'unreadable']).toContain(journey.end);
  }
});
