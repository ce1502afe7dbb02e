/** Snapshots may be larger than what a vendor is sent, up to a limit that is told on both sides. */
import { expect, test } from 'vitest';
import { mostSnapshotBytes } from '../../mocks/control/body-limit.js';
import { snapshotText } from '../../mocks/state/snapshot.js';
import { createMock, startMock } from '../../src/entry/mock.js';
import { call } from '../support/transports.js';

const mib = 1024 * 1024;

/** A snapshot with this many tasks, each with a prompt of one MiB. */
async function snapshotOf(origin: string, tasks: number): Promise<string> {
  const body = { prompt: 'x', user_note: 'y'.repeat(mib) };
  const accepted = await fetch(call(origin, 'gptimage15', '/api/generate', body));
  expect(accepted.status).toBe(200);
  const text = await (await fetch(`${origin}/__proofsheet/snapshot`)).text();
  const snapshot = JSON.parse(text) as { vendors: { gptimage15: { tasks: { id: string }[] } } };
  const { gptimage15 } = snapshot.vendors;
  const [task] = gptimage15.tasks;
  gptimage15.tasks = Array.from({ length: tasks }, (_, index) => ({ ...task, id: `t${index}` }));
  return JSON.stringify(snapshot);
}

test('a snapshot larger than any request of a vendor is put back', { timeout: 60_000 }, async () => {
  const mock = await startMock({ vendors: ['gptimage15'] });
  try {
    const text = await snapshotOf(mock.origin, 40);
    expect(text.length).toBeGreaterThan(32 * mib);
    const restored = await fetch(`${mock.origin}/__proofsheet/snapshot`, { method: 'PUT', body: text });
    expect(await restored.json()).toEqual({ namespace: '', tasks: 40 });
    expect((await fetch(call(mock.origin, 'gptimage15', '/api/status?task_id=t39'))).status).toBe(200);
  } finally {
    await mock.close();
  }
});

test('one that is too large is refused with the limit and another way', { timeout: 60_000 }, async () => {
  const mock = await startMock({ vendors: ['gptimage15'] });
  const put = (length: number, path: string, headers: Record<string, string> = {}) =>
    fetch(mock.origin + path, { method: 'PUT', body: new Uint8Array(length).fill(32), headers });
  try {
    const tooLarge = await put(mostSnapshotBytes + 1, '/__proofsheet/snapshot');
    expect(tooLarge.status).toBe(413);
    expect(await tooLarge.json()).toEqual({
      error: { message: expect.stringMatching(/may have 128 MiB.*mock --state DIR/) },
    });
    // Nobody else may send so much: not to another path, and not from a page.
    for (const refused of [
      await put(32 * mib + 1, '/__proofsheet/clock'),
      await put(32 * mib + 1, '/__proofsheet/snapshot', { origin: 'https://page.test' }),
    ])
      expect([refused.status, await refused.json()]).toEqual([
        413,
        { error: { message: 'The request body is larger than 33554432 bytes' } },
      ]);
  } finally {
    await mock.close();
  }
});

test('what holds more than a snapshot takes is not written out to its end', async () => {
  const { engine } = await createMock({ vendors: ['evolink'] });
  const { main } = engine.namespaces;
  const whole = snapshotText(main, engine.webhooks, 0, mostSnapshotBytes) ?? '';
  expect(JSON.parse(whole)).toMatchObject({ version: 1, vendors: { evolink: { tasks: [], uploads: [] } } });
  expect(snapshotText(main, engine.webhooks, 0, whole.length)).toBe(whole);
  expect(snapshotText(main, engine.webhooks, 0, whole.length - 1)).toBeUndefined();
});
