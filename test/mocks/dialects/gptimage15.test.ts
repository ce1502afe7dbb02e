/** In a dialect the mock does what that reading says. */
import { expect, test } from 'vitest';
import { data, lake, minute, mockOf } from './mock-of.js';

const vendor = 'gptimage15';
const finished = async (dialect: string, prompt = 'A lake') => {
  const { clock, ask } = await mockOf(vendor, dialect);
  const accepted = await ask('/api/generate', { prompt });
  const path = `/api/status?task_id=${String(data(accepted)['task_id'])}`;
  const running = await ask(path);
  clock.advance(minute);
  return { accepted: data(accepted), running: data(running), ended: data(await ask(path)) };
};

test('json-string', async () => {
  const { ended } = await finished('json-string');
  expect(JSON.parse(String(ended['response']))).toEqual([expect.stringMatching(/^http/)]);
  const failed = (await finished('json-string', 'a policy violation')).ended;
  expect(failed).toMatchObject({ status: 'FAILED', response: null });
  expect(JSON.parse(String(failed['request']))).toEqual({ prompt: 'a policy violation' });
});

test('integer-status', async () => {
  const { accepted, running, ended } = await finished('integer-status');
  expect([accepted, running, ended].map(({ status }) => status)).toEqual([0, 0, 1]);
  expect((await finished('integer-status', 'a policy violation')).ended).toMatchObject({ status: -1 });
});

test('payment-required', async () => {
  const { ask } = await mockOf(vendor, 'payment-required');
  const refused = await ask('/api/generate', lake, 'sk-gptimage15-poor');
  expect(refused).toMatchObject({ status: 402, body: { code: 402, data: null } });
});

test('pending-first', async () => {
  const { accepted, running } = await finished('pending-first');
  expect([accepted, running].map(({ status }) => status)).toEqual(['PENDING', 'PENDING']);
});

test('older-page', async () => {
  const { running, ended } = await finished('older-page');
  const moment = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  expect(running).toMatchObject({ status: 0, type: 1, consumed_credit: 20, created_at: moment });
  expect(ended).toMatchObject({ status: 1, updated_at: moment, response: expect.stringMatching(/^\["http/) });
});
