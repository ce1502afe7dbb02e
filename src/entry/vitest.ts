import { test as base, type TestAPI } from 'vitest';
import { listen } from '../../mocks/adapters/node-http.js';
import type { JournalEntry, JournalQuery } from '../../mocks/journal.js';
import type { Delivery } from '../../mocks/webhooks/delivery.js';
import { UsageError } from '../core/errors.js';
import { createVirtualClock, type VirtualClock } from '../platform/virtual-clock.js';
import { mockKey } from './keys.js';
import { createMock, type MockOptions, toFetch } from './mock.js';

/** A mock of its own for each test, on a port of this machine and in virtual time. */
export interface TestMock {
  /** `http://127.0.0.1:PORT/<vendor>`: what stands in for the vendor's host. The only vendor where none is named. */
  url(vendor?: string): string;
  /** The key of an account that exists. */
  key(vendor?: string): string;
  /** Reaches the mock without a socket, for clients that take a `fetch`. */
  fetch(request: Request): Promise<Response>;
  readonly clock: VirtualClock;
  /** Lets time pass; resolves when every call that came due on the way was made. */
  advance(ms: number): Promise<void>;
  /** Goes to the next moment at which a task starts or ends or a call is due; false where nothing is to come. */
  toNextEvent(): Promise<boolean>;
  /** What the mock was asked, the oldest first. */
  requests(query?: JournalQuery): JournalEntry[];
  /** Whom the mock called back, and what came of it. */
  deliveries(): Delivery[];
}

async function startTestMock(options: MockOptions): Promise<{ readonly mock: TestMock; close(): Promise<void> }> {
  const clock = createVirtualClock();
  const { engine, close } = await createMock({ ...options, clock });
  const server = await listen(engine, { port: 0, host: '127.0.0.1' });
  const [first] = engine.vendors;
  const named = (vendor?: string) => {
    if (vendor === undefined && engine.vendors.length > 1)
      throw new UsageError(`Say which vendor is meant: ${engine.vendors.join(', ')}`);
    const found = vendor ?? first;
    if (found === undefined || !engine.vendors.includes(found))
      throw new UsageError(`${String(found)} is not mocked here: there are ${engine.vendors.join(', ')}`);
    return found;
  };
  const mock: TestMock = {
    url: (vendor) => `${server.origin}/${named(vendor)}`,
    key: (vendor) => mockKey(named(vendor), 'test'),
    fetch: toFetch(engine),
    clock,
    advance: engine.time.advance,
    toNextEvent: engine.time.toNextEvent,
    requests: (query) => engine.namespaces.main.journal.list(query),
    deliveries: () => engine.webhooks.deliveries(engine.namespaces.main.mocks()),
  };
  return {
    mock,
    async close() {
      await server.close();
      await close();
    },
  };
}

/**
 * Vitest's `test` with a `mock` in every test that asks for one: `const test = mockTest({ vendors: ['…'] })`. Each test
 * has its own tasks, accounts and time, so tests may run in any order.
 */
export function mockTest(options: Omit<MockOptions, 'clock' | 'virtualClock'> = {}): TestAPI<{ mock: TestMock }> {
  return base.extend<{ mock: TestMock }>({
    // Vitest reads the names of a fixture's needs from this pattern; there are none.
    // biome-ignore lint/correctness/noEmptyPattern: see above
    mock: async ({}, use) => {
      const { mock, close } = await startTestMock(options);
      await use(mock);
      await close();
    },
  });
}
