/** A mock in virtual time, reached as a vendor and by its control API. */
import { expect } from 'vitest';
import type { EngineReply } from '../../../mocks/message.js';
import { responseFor } from '../../../src/contract/contract.js';
import { loadContract } from '../../../src/contract/load-contract.js';
import { createMock, type MockInProcess, type MockOptions } from '../../../src/entry/mock.js';
import { createVirtualClock } from '../../../src/platform/virtual-clock.js';

export const api = await loadContract(new URL('../../../mocks/control/openapi.yaml', import.meta.url).pathname);

/** Every answer must be as the document of the control API says. */
function validate(method: string, path: string, reply: EngineReply): void {
  const operation = api.operations.find((one) => {
    const pattern = one.path.replace(/\/$/, '').replaceAll(/\{\w+\}/g, '[^/]+');
    return one.method === method && new RegExp(`^${pattern}$`).test(path);
  });
  expect(operation, `${method} ${path} is not in the document`).toBeDefined();
  if (operation === undefined) return;
  const documented = responseFor(operation, reply.status);
  const schema = documented?.content['application/json'];
  expect(schema, `${operation.id} ${reply.status} is not in the document`).toBeDefined();
  expect(api.violations(String(schema), JSON.parse(String(reply.body)))).toEqual([]);
}

type Answer = { status: number } & Record<string, never>;

export function reach(mock: MockInProcess) {
  const send = async (method: string, url: string, body: unknown, headers: Record<string, string>, loopback = true) => {
    const [path = '', query = ''] = url.split('?');
    return mock.engine.handle({
      method,
      path,
      query,
      headers: { host: '127.0.0.1:4010', 'content-type': 'application/json', ...headers },
      body: body === undefined ? undefined : Buffer.from(JSON.stringify(body)),
      origin: 'http://127.0.0.1:4010',
      loopback,
    });
  };
  return {
    send,
    /** Asks the control API; every answer must be as its document says. */
    async control(method: string, url: string, body?: unknown, headers: Record<string, string> = {}) {
      const reply = await send(method, `/__proofsheet${url}`, body, headers);
      validate(method, url.split('?')[0] ?? '', reply);
      return { ...JSON.parse(String(reply.body)), status: reply.status } as Answer & Record<string, unknown>;
    },
    async vendor(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
      const reply = await send(method, `/evolink${path}`, body, {
        authorization: 'Bearer sk-evolink-test',
        ...headers,
      });
      return { ...JSON.parse(String(reply.body)), httpStatus: reply.status } as Record<string, unknown>;
    },
  };
}

export async function mocked(options: MockOptions = {}) {
  const clock = createVirtualClock();
  const mock = await createMock({
    vendors: ['evolink'],
    clock,
    apiKeys: ['sk-evolink-test=10'],
    callbackSender: async () => ({ status: 200 }),
    ...options,
  });
  const ways = reach(mock);
  return {
    clock,
    mock,
    ...ways,
    submit: async (more: object = {}, headers = {}) => {
      const body = { model: 'gpt-image-1', prompt: 'A kettle', ...more };
      return String((await ways.vendor('POST', '/v1/images/generations', body, headers))['id']);
    },
    balance: () => mock.engine.namespaces.main.mock('evolink')?.firstAccount.balance(clock.now()),
  };
}
