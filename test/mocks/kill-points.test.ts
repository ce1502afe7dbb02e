/** Whenever the process dies: what was answered is there. */
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { toFetch } from '../../mocks/adapters/fetch.js';
import { createMock, createVirtualClock } from '../../src/entry/mock.js';
import { runningMock } from '../support/cli.js';
import { call } from '../support/transports.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proofsheet-kill-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const base = 'http://mock.test/evolink';
const path = '/v1/images/generations';

async function keptIn(state: string) {
  const mock = await createMock({ vendors: ['evolink'], clock: createVirtualClock(), state });
  const send = toFetch(mock.engine);
  return {
    ...mock,
    async submit(prompt: string) {
      const response = await send(call(base, 'evolink', path, { model: 'gpt-image-1', prompt }));
      return ((await response.json()) as { id: string }).id;
    },
    isThere: async (id: string) => (await send(call(base, 'evolink', `/v1/tasks/${id}`))).status === 200,
  };
}

test('a write that ends at any byte keeps every task that was answered before it', { timeout: 60_000 }, async () => {
  const whole = join(folder, 'whole');
  const one = await keptIn(whole);
  /** How long the file was when each task was answered. */
  const answered: { id: string; bytes: number }[] = [];
  for (const prompt of ['A lake', 'Ein Größenvergleich', '湖のほとり 🪁', 'A hill']) {
    const id = await one.submit(prompt);
    answered.push({ id, bytes: (await stat(join(whole, 'tasks.jsonl'))).size });
  }
  await one.close();
  const bytes = await readFile(join(whole, 'tasks.jsonl'));
  let turn = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.byteLength), fc.uint8Array({ maxLength: 12 }), async (end, rubbish) => {
      const state = join(folder, `cut-${turn++}`);
      await mkdir(state);
      // What a disk has behind the last byte that it was told to keep can be anything but a line.
      const rest = rubbish.filter((byte) => byte !== 0x0a);
      await writeFile(join(state, 'tasks.jsonl'), Buffer.concat([bytes.subarray(0, end), rest]));
      const again = await keptIn(state);
      for (const { id, bytes: needed } of answered) if (end >= needed) expect(await again.isThere(id)).toBe(true);
      // It goes on from there.
      expect(await again.isThere(await again.submit('One more'))).toBe(true);
      await again.close();
    }),
    { numRuns: 60 },
  );
});

test('a start that dies while it writes its file anew leaves the old one', async () => {
  const one = await keptIn(folder);
  const id = await one.submit('A lake');
  await one.close();
  const file = join(folder, 'tasks.jsonl');
  await writeFile(`${file}.new`, '{"kind":"proofsheet-state","version":1}\n{"kind":"ta');
  await copyFile(file, `${file}.before`);
  const other = await keptIn(folder);
  expect(await other.isThere(id)).toBe(true);
  await other.close();
  expect(await readFile(file, 'utf8')).toBe(await readFile(`${file}.before`, 'utf8'));
  expect((await readdir(folder)).filter((name) => name.endsWith('.new'))).toEqual([]);
});

test('kills at many moments, one after another in one folder, lose nothing that was answered', {
  timeout: 120_000,
}, async () => {
  const start = () => runningMock('evolink', '--state', folder, '--speed', '1000');
  const answered: string[] = [];
  for (const [round, more] of [1, 7, 40, 150].entries()) {
    const { child, ready } = await start();
    const url = ready.vendors['evolink'] ?? '';
    for (const id of answered) expect((await fetch(call(url, 'evolink', `/v1/tasks/${id}`))).status).toBe(200);
    const goal = answered.length + more;
    const submitForEver = async (worker: number) => {
      for (let turn = 0; ; turn += 1) {
        const body = { model: 'gpt-image-1', prompt: `A drum ${round} ${worker} ${turn}` };
        const response = await fetch(call(url, 'evolink', path, body));
        answered.push(((await response.json()) as { id: string }).id);
        if (answered.length >= goal) child.kill('SIGKILL');
      }
    };
    await Promise.all(Array.from({ length: 4 }, (_, worker) => submitForEver(worker).catch(() => undefined)));
    expect(answered.length).toBeGreaterThanOrEqual(goal);
  }
  const last = await start();
  const url = last.ready.vendors['evolink'] ?? '';
  const statuses = await Promise.all(
    answered.map(async (id) => (await fetch(call(url, 'evolink', `/v1/tasks/${id}`))).status),
  );
  await last.interrupt();
  expect(new Set(statuses)).toEqual(new Set([200]));
});
