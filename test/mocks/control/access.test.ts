/** The journal, and who may look and steer. */
import { expect, test } from 'vitest';
import { mocked } from './steered-mock.js';

test('the journal answers how often something was asked', async () => {
  const { control, submit, vendor } = await mocked();
  const id = await submit();
  await vendor('GET', `/v1/tasks/${id}`);
  await vendor('GET', `/v1/tasks/${id}`);
  expect(await control('GET', `/journal?operation=getTask&taskId=${id}&limit=0`)).toMatchObject({
    count: 2,
    entries: [],
  });
  expect(await control('GET', '/journal?status=x')).toMatchObject({ status: 400 });
  expect(await control('DELETE', '/journal')).toMatchObject({ deleted: 3 });
});

test('only programs on this machine may steer, others need the token, and pages of a browser may not', async () => {
  const status = async (headers: Record<string, string>, loopback: boolean, adminToken?: string) => {
    const { send } = await mocked(adminToken === undefined ? {} : { adminToken });
    return (await send('GET', '/__proofsheet', undefined, headers, loopback)).status;
  };
  expect(await status({}, true)).toBe(200);
  expect(await status({}, false)).toBe(403);
  expect(await status({ host: 'rebound.test' }, true)).toBe(403);
  expect(await status({ origin: 'https://page.test' }, true)).toBe(403);
  expect(await status({ 'sec-fetch-site': 'cross-site' }, true)).toBe(403);
  expect(await status({ authorization: 'Bearer let-me-in' }, false)).toBe(403);
  expect(await status({ authorization: 'Bearer let-me-in', host: 'mock.test' }, false, 'let-me-in')).toBe(200);
  expect(await status({ authorization: 'Bearer let-me-im' }, false, 'let-me-in')).toBe(403);
});

test('unknown paths, other methods and broken bodies are told so', async () => {
  const { send, mock } = await mocked();
  expect((await send('GET', '/__proofsheet/nothing', undefined, {})).status).toBe(404);
  const wrong = await send('PATCH', '/__proofsheet/clock', undefined, {});
  expect([wrong.status, wrong.headers['allow']]).toEqual([405, 'GET, POST']);
  const broken = await mock.engine.handle({
    method: 'POST',
    path: '/__proofsheet/clock',
    query: '',
    headers: { host: 'localhost' },
    body: Buffer.from('{'),
    origin: 'http://localhost',
    loopback: true,
  });
  expect(broken.status).toBe(400);
});
