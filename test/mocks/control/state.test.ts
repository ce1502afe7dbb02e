/** Resets, snapshots and namespaces by the control API. */
import { expect, test } from 'vitest';
import { mocked } from './steered-mock.js';

test('a reset forgets tasks, charges, journal and calls', async () => {
  const { clock, control, vendor, submit, balance, mock } = await mocked();
  const id = await submit({ callback_url: 'http://127.0.0.1:3000/' });
  await control('POST', '/reset');
  expect(balance()).toBe(10);
  expect(await control('GET', '/journal')).toMatchObject({ count: 0 });
  expect(await vendor('GET', `/v1/tasks/${id}`)).toMatchObject({ httpStatus: 404 });
  clock.advance(600_000);
  await mock.engine.webhooks.settled();
  expect(await control('GET', '/webhooks')).toMatchObject({ count: 0 });
});

test('a snapshot brings tasks, balances and open calls back, also into another mock, and holds no key', async () => {
  const one = await mocked();
  const ids = [await one.submit(), await one.submit({ callback_url: 'http://127.0.0.1:3000/' })];
  one.clock.advance(60_000);
  ids.push(await one.submit({ prompt: 'A policy violation' }));
  const { status: _, ...snapshot } = await one.control('GET', '/snapshot');
  expect(JSON.stringify(snapshot)).not.toContain('sk-evolink');

  const other = await mocked();
  await other.submit({ prompt: 'To be forgotten' });
  expect(await other.control('PUT', '/snapshot', JSON.parse(JSON.stringify(snapshot)))).toMatchObject({ tasks: 3 });
  expect(other.clock.now()).toBe(one.clock.now());
  for (const way of [one, other]) {
    expect(way.balance()).toBe(2.5);
    way.clock.advance(60_000);
    expect(way.balance()).toBe(5);
    await way.mock.engine.webhooks.settled();
  }
  for (const id of ids)
    expect(await other.vendor('GET', `/v1/tasks/${id}`)).toEqual(await one.vendor('GET', `/v1/tasks/${id}`));
  expect(await other.control('GET', '/webhooks')).toMatchObject({ count: 1, deliveries: [{ state: 'delivered' }] });
});

test.each([
  [{}, /no snapshot/],
  [{ version: 1, at: 0, vendors: { nobody: { tasks: [], told: [] } } }, /nobody, which is not mounted/],
])('what is no snapshot for this mock is refused and changes nothing: %j', async (value, message) => {
  const { send, control, submit } = await mocked();
  await submit();
  const reply = await send('PUT', '/__proofsheet/snapshot', value, {});
  expect(reply.status).toBe(400);
  expect(JSON.parse(String(reply.body)).error.message).toMatch(message);
  expect(await control('GET', '/tasks')).toMatchObject({ count: 1 });
});

test('the header chooses the namespace that is looked at, and a namespace can be thrown away', async () => {
  const { control, submit } = await mocked();
  const headers = { 'x-proofsheet-namespace': 'one' };
  await submit({}, headers);
  expect(await control('GET', '/tasks')).toMatchObject({ count: 0 });
  expect(await control('GET', '/tasks', undefined, headers)).toMatchObject({ count: 1 });
  expect(await control('GET', '/namespaces')).toMatchObject({ namespaces: [{ name: '' }, { name: 'one', tasks: 1 }] });
  expect(await control('DELETE', '/namespaces/one')).toMatchObject({ namespace: 'one' });
  expect(await control('DELETE', '/namespaces/one')).toMatchObject({ status: 404 });
  expect(await control('GET', '/tasks', undefined, headers)).toMatchObject({ count: 0 });
});
