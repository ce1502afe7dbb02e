/** Tasks and money by the control API. */
import { expect, test } from 'vitest';
import { mocked } from './steered-mock.js';

test('tasks are listed, looked at and told apart by vendor and phase', async () => {
  const { clock, control, submit } = await mocked();
  const first = await submit();
  clock.advance(60_000);
  const second = await submit({ prompt: 'A second kettle' });
  expect(await control('GET', '/tasks')).toMatchObject({
    count: 2,
    tasks: [
      { id: first, phase: 'succeeded', progress: 100, price: 2.5 },
      { id: second, phase: 'queued', prompt: 'A second kettle' },
    ],
  });
  expect(await control('GET', '/tasks?phase=queued')).toMatchObject({ count: 1, tasks: [{ id: second }] });
  expect(await control('GET', '/tasks?vendor=nobody')).toMatchObject({ count: 0 });
  expect(await control('GET', '/tasks?limit=1')).toMatchObject({ count: 2, tasks: [{ id: second }] });
  expect(await control('GET', '/tasks?phase=asleep')).toMatchObject({ status: 400 });
  expect(await control('GET', `/tasks/evolink/${first}`)).toMatchObject({ id: first, body: { prompt: 'A kettle' } });
  expect(await control('GET', '/tasks/evolink/nothing')).toMatchObject({ status: 404 });
  expect(await control('GET', '')).toMatchObject({ vendors: { evolink: { tasks: 2 } } });
});

test('a task can be made to succeed or fail now, and money follows', async () => {
  const { clock, control, vendor, submit, balance } = await mocked();
  const [good, bad] = [await submit(), await submit()];
  expect(balance()).toBe(5);
  await control('POST', `/tasks/evolink/${good}/end`, { outcome: 'succeeded' });
  await control('POST', `/tasks/evolink/${bad}/end`, { outcome: 'failed', error: { code: 'lost', message: 'Gone' } });
  expect(await vendor('GET', `/v1/tasks/${good}`)).toMatchObject({ status: 'completed', progress: 100 });
  expect(await vendor('GET', `/v1/tasks/${bad}`)).toMatchObject({ status: 'failed', error: { code: 'lost' } });
  expect(balance()).toBe(7.5);
  clock.advance(600_000);
  expect(balance()).toBe(7.5);
  expect(await control('POST', `/tasks/evolink/${bad}/end`, { outcome: 'succeeded' })).toMatchObject({ status: 409 });
  expect(await control('POST', `/tasks/evolink/${bad}/end`, { outcome: 'vanished' })).toMatchObject({ status: 400 });
  expect(await control('POST', '/tasks/evolink/nothing/end', { outcome: 'failed' })).toMatchObject({ status: 404 });
});

test('a task that was planned to fail can be made to succeed, and then it costs', async () => {
  const { clock, control, submit, balance } = await mocked();
  const id = await submit({ prompt: 'A policy violation' });
  await control('POST', `/tasks/evolink/${id}/end`, { outcome: 'succeeded' });
  clock.advance(600_000);
  expect(balance()).toBe(7.5);
});

test('a deleted task never was: it is unknown, costs nothing and tells nobody', async () => {
  const { clock, control, vendor, submit, balance, mock } = await mocked();
  const id = await submit({ callback_url: 'http://127.0.0.1:3000/' });
  expect(await control('DELETE', `/tasks/evolink/${id}`)).toMatchObject({ deleted: id });
  expect(await control('DELETE', `/tasks/evolink/${id}`)).toMatchObject({ status: 404 });
  expect(await vendor('GET', `/v1/tasks/${id}`)).toMatchObject({ httpStatus: 404 });
  expect(balance()).toBe(10);
  clock.advance(600_000);
  await mock.engine.webhooks.settled();
  expect(await control('GET', '/webhooks')).toMatchObject({ deliveries: [{ state: 'dropped', attempts: [] }] });
});

test('the entries of an account can be read, and they explain its balance', async () => {
  const { clock, control, submit } = await mocked();
  const good = await submit();
  const bad = await submit({ prompt: 'a policy violation' });
  clock.advance(60_000);
  expect(await control('GET', '/accounts')).toMatchObject({
    accounts: [{ vendor: 'evolink', account: 1, balance: 7.5, unit: 'credits' }],
  });
  const { entries, sum, balance } = await control('GET', '/accounts/evolink/1');
  expect([sum, balance]).toEqual([-2.5, 7.5]);
  expect(entries).toHaveLength(4);
  expect(entries).toContainEqual({ at: expect.any(Number), taskId: good, kind: 'settle', amount: 0 });
  expect(entries).toContainEqual({ at: expect.any(Number), taskId: bad, kind: 'release', amount: 2.5 });
  expect(await control('GET', '/accounts/evolink/9')).toMatchObject({ status: 404 });
  expect(JSON.stringify(await control('GET', '/accounts'))).not.toContain('sk-');
});
