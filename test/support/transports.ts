import { setupServer } from 'msw/node';
import { afterAll, beforeAll, describe } from 'vitest';
import { toFetch } from '../../mocks/adapters/fetch.js';
import { mockHandlers } from '../../mocks/adapters/msw.js';
import { type Listening, listen } from '../../mocks/adapters/node-http.js';
import { createMock, type MockOptions } from '../../src/entry/mock.js';
import { createVirtualClock, type VirtualClock } from '../../src/platform/virtual-clock.js';

/** What a test needs of a mock, however it is reached. */
export interface Reach {
  readonly clock: VirtualClock;
  /** What stands in for the vendor's server. */
  base(vendor: string): string;
  send(request: Request): Promise<Response>;
}

/**
 * Runs the same tests over the function, over a real socket and over MSW: one engine, three ways in.
 * The body is called once per way, with a `Reach` whose members work from the first test on.
 */
export function describeTransports(title: string, options: MockOptions, body: (reach: Reach) => void): void {
  describe(`${title}, as a function`, () => {
    const clock = createVirtualClock();
    let send: Reach['send'];
    beforeAll(async () => {
      send = toFetch((await createMock({ ...options, clock })).engine);
    });
    body({ clock, base: (vendor) => `http://mock.test/${vendor}`, send: (request) => send(request) });
  });

  describe(`${title}, over a socket`, () => {
    const clock = createVirtualClock();
    let server: Listening;
    beforeAll(async () => {
      server = await listen((await createMock({ ...options, clock })).engine, { port: 0, host: '127.0.0.1' });
    });
    afterAll(() => server.close());
    body({ clock, base: (vendor) => `${server.origin}/${vendor}`, send: (request) => fetch(request) });
  });

  describe(`${title}, behind MSW at the vendor's own host`, () => {
    const clock = createVirtualClock();
    const msw = setupServer();
    const servers = new Map<string, string>();
    beforeAll(async () => {
      const { engine, contracts } = await createMock({ ...options, clock });
      for (const { id, server } of contracts) servers.set(id, server);
      msw.use(...mockHandlers(engine, contracts));
      msw.listen({ onUnhandledRequest: 'error' });
    });
    afterAll(() => msw.close());
    body({ clock, base: (vendor) => servers.get(vendor) ?? '', send: (request) => fetch(request) });
  });
}

/** A JSON request with a vendor's well-known test key. */
export function call(base: string, vendor: string, path: string, body?: unknown, key = `sk-${vendor}-test`): Request {
  return new Request(base + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}
