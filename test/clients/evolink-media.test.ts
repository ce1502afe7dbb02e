import { createServer } from '@evolinkai/evolink-media/dist/core/src/server.js';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createVirtualClock, type RunningMock, startMock } from '../../src/entry/mock.js';

// The vendor's own published tool server, unchanged: its tools are called in process, its requests go over a socket.
type Message = { id?: unknown; result?: { content?: { text: string }[]; isError?: boolean } };

const clock = createVirtualClock();
let mock: RunningMock;
let call: (tool: string, values: Record<string, unknown>) => Promise<{ text: string; failed: boolean }>;

/** Both ends of the protocol that the package speaks, without a process in between. */
async function connect(baseUrl: string) {
  const server = createServer({ channel: 'official', baseUrl });
  const waiting = new Map<unknown, (message: Message) => void>();
  const transport: Parameters<typeof server.connect>[0] = {
    start: async () => undefined,
    close: async () => undefined,
    send: async (message) => waiting.get((message as Message).id)?.(message as Message),
  };
  await server.connect(transport);
  let id = 0;
  const ask = (method: string, params: Record<string, unknown>) =>
    new Promise<Message>((resolve) => {
      id += 1;
      waiting.set(id, resolve);
      transport.onmessage?.({ jsonrpc: '2.0', id, method, params });
    });
  const clientInfo = { name: 'test', version: '1' };
  await ask('initialize', { protocolVersion: '2025-03-26', capabilities: {}, clientInfo });
  transport.onmessage?.({ jsonrpc: '2.0', method: 'notifications/initialized' });
  return async (tool: string, values: Record<string, unknown>) => {
    const { result } = await ask('tools/call', { name: tool, arguments: values });
    return { text: result?.content?.map(({ text }) => text).join('\n') ?? '', failed: result?.isError === true };
  };
}

beforeAll(async () => {
  mock = await startMock({ vendors: ['evolink'], clock });
  // The package takes its key from here only.
  process.env['EVOLINK_API_KEY'] = 'sk-evolink-test';
  call = await connect(mock.vendors['evolink'] ?? '');
});
afterAll(() => mock.close());

const fields = (text: string) => Object.fromEntries(text.split('\n').map((line) => line.split(': ')));

/** Asked at once, a task is on its way; a minute later it has ended. */
async function ended(taskId: string) {
  expect((await call('check_task', { task_id: taskId })).text).toMatch(/^Status: (pending|processing)$/m);
  clock.advance(60_000);
  return (await call('check_task', { task_id: taskId })).text;
}

test('generates, polls and finds pictures that can be downloaded', async () => {
  const submitted = await call('generate_image', {
    prompt: 'An evening sky above a quiet bay',
    model: 'gpt-image-1',
    size: '1536x1024',
    n: 2,
  });
  expect(submitted.text).toMatch(/Estimated cost: [\d.]+ credits \(per_call\)/);
  const taskId = fields(submitted.text)['Task ID'] ?? '';
  expect(taskId).toMatch(/^task-unified-/);

  const done = await ended(taskId);
  expect(fields(done)).toMatchObject({ 'Task ID': taskId, Status: 'completed', Progress: '100%' });
  const urls = done.match(/https?:\S+/g) ?? [];
  expect(urls).toHaveLength(2);
  const file = await fetch(urls[0] ?? '');
  expect(await sharp(await file.arrayBuffer()).metadata()).toMatchObject({ width: 1536, height: 1024 });
});

test('explains a failed task by its code', async () => {
  const submitted = await call('generate_image', { prompt: 'A policy violation', model: 'gpt-image-1' });
  const done = await ended(fields(submitted.text)['Task ID'] ?? '');
  expect(fields(done)).toMatchObject({ Status: 'failed', 'Error code': 'content_policy_violation' });
});

test('edits pictures that it names by their addresses', async () => {
  const submitted = await call('generate_image', {
    prompt: 'The same bay by night',
    model: 'gpt-image-1',
    image_urls: ['https://example.com/bay.png', 'https://example.com/night.png'],
  });
  const taskId = fields(submitted.text)['Task ID'] ?? '';
  expect(fields(await ended(taskId))).toMatchObject({ Status: 'completed' });
  const journal = await fetch(`${mock.origin}/__proofsheet/tasks/evolink/${taskId}`);
  const { body } = (await journal.json()) as { body: { image_urls: string[] } };
  expect(body.image_urls).toHaveLength(2);
});

test('is told that a task was cancelled', async () => {
  const submitted = await call('generate_image', { prompt: 'A bay', model: 'gpt-image-1' });
  const taskId = fields(submitted.text)['Task ID'] ?? '';
  const end = `${mock.origin}/__proofsheet/tasks/evolink/${taskId}/end`;
  await fetch(end, { method: 'POST', body: JSON.stringify({ outcome: 'cancelled' }) });
  const { text } = await call('check_task', { task_id: taskId });
  expect(fields(text)).toMatchObject({ Status: 'failed', 'Error code': 'request_cancelled' });
});

test.each([
  ['an unknown task', 'check_task', { task_id: 'task-unified-1-aaaaaaaa' }, '[404]'],
  ['an id that is none', 'check_task', { task_id: 'nonsense' }, '[400]'],
  ['a model that is not there', 'generate_image', { prompt: 'x', model: 'gpt-4o-image' }, '[400]'],
  ['a limit', 'generate_image', { prompt: '[outcome: rate-limited]', model: 'gpt-image-1' }, '[429]'],
  ['a short balance', 'generate_image', { prompt: '[outcome: payment-required]', model: 'gpt-image-1' }, '[402]'],
  ['a key that may not', 'generate_image', { prompt: '[outcome: forbidden]', model: 'gpt-image-1' }, '[403]'],
])('%s is told with status and message', async (_, tool, values, status) => {
  const { text, failed } = await call(tool, values);
  expect({ failed, text }).toEqual({ failed: true, text: expect.stringContaining(status) });
});
