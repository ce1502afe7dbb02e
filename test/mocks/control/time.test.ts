/** Time and calls by the control API. */
import { expect, test } from 'vitest';
import { createMock } from '../../../src/entry/mock.js';
import { createSteeredClock } from '../../../src/platform/steered-clock.js';
import { mocked, reach } from './steered-mock.js';

test('time moves when it is told to, forward only', async () => {
  const { clock, control, vendor, submit } = await mocked();
  const id = await submit();
  const began = clock.now();
  expect(await control('GET', '/clock')).toMatchObject({ now: began, virtual: true, frozen: true });
  expect(await control('POST', '/clock', { advanceMs: 60_000 })).toMatchObject({ now: began + 60_000 });
  expect(await vendor('GET', `/v1/tasks/${id}`)).toMatchObject({ status: 'completed' });
  expect(await control('POST', '/clock', { setMs: began + 90_000 })).toMatchObject({ now: began + 90_000 });
  expect(await control('POST', '/clock', { setMs: began })).toMatchObject({ status: 409 });
  expect(await control('POST', '/clock', { advanceMs: -1 })).toMatchObject({ status: 400 });
  expect(await control('POST', '/clock', { frozen: false })).toMatchObject({ status: 409 });
});

test('time can go from one event to the next', async () => {
  const { clock, control, vendor, submit } = await mocked();
  expect(await control('POST', '/clock', { toNextEvent: true })).toMatchObject({ status: 409 });
  const id = await submit({ callback_url: 'http://127.0.0.1:3000/' });
  await submit({ prompt: '[outcome: stuck]' });
  const phases = [];
  for (let events = 0; events < 3; events += 1) {
    await control('POST', '/clock', { toNextEvent: true });
    phases.push((await vendor('GET', `/v1/tasks/${id}`))['status']);
  }
  // The two begin in either order; the end of the stuck one is no event.
  expect(phases.slice(-2)).toEqual(['processing', 'completed']);
  expect(await control('GET', '/webhooks')).toMatchObject({ deliveries: [{ state: 'delivered' }] });
  const ended = clock.now();
  expect(await control('POST', '/clock', { toNextEvent: true })).toMatchObject({ status: 409 });
  expect(clock.now()).toBe(ended);
});

test('a steered clock can be let go and caught again; the machine cannot be steered', async () => {
  const clock = createSteeredClock();
  const steered = await mocked({ clock });
  expect(await steered.control('POST', '/clock', { frozen: false })).toMatchObject({ frozen: false });
  const before = clock.now();
  await expect.poll(() => clock.now()).toBeGreaterThan(before);
  expect(await steered.control('POST', '/clock', { frozen: true })).toMatchObject({ frozen: true });
  const mock = await createMock({ vendors: ['evolink'] });
  expect(await reach(mock).control('GET', '/clock')).toMatchObject({ virtual: false, frozen: false });
  expect(await reach(mock).control('POST', '/clock', { advanceMs: 1 })).toMatchObject({ status: 409 });
});

test('calls that come due while time is moved are made before the answer', async () => {
  const { control, submit } = await mocked();
  await submit({ callback_url: 'http://127.0.0.1:3000/' });
  await control('POST', '/clock', { advanceMs: 60_000 });
  const { deliveries } = await control('GET', '/webhooks?state=delivered');
  const [{ id, dueAt, attempts }] = deliveries as unknown as [
    { id: string; dueAt?: number; attempts: { at: number }[] },
  ];
  expect([dueAt, attempts.length]).toEqual([undefined, 1]);
  expect(await control('POST', `/webhooks/${id}/replay`)).toMatchObject({ id, attempts: [{}, { status: 200 }] });
  expect(await control('POST', '/webhooks/msg_nothing/replay')).toMatchObject({ status: 404 });
});

test('how calls go wrong can be changed while the mock runs', async () => {
  const { control, submit } = await mocked();
  expect(await control('PUT', '/webhooks/oddities', { active: ['lost'] })).toMatchObject({ active: ['lost'] });
  expect(await control('PUT', '/webhooks/oddities', { active: ['sideways'] })).toMatchObject({ status: 400 });
  expect(await control('GET', '/webhooks/oddities')).toMatchObject({ active: ['lost'] });
  await submit({ callback_url: 'http://127.0.0.1:3000/' });
  await control('POST', '/clock', { advanceMs: 60_000 });
  expect(await control('GET', '/webhooks')).toMatchObject({ deliveries: [{ state: 'lost' }] });
});
