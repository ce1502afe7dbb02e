import type { RequestHandler } from 'msw';
import { mockHandlers as handlersFor } from '../../mocks/adapters/msw.js';
import { createMock, type MockOptions } from './mock.js';

/**
 * Handlers for MSW's `setupServer(...await mockHandlers())`: requests to the vendors' real hosts are answered by the
 * mock, result URLs included.
 */
export async function mockHandlers(options: MockOptions = {}): Promise<RequestHandler[]> {
  const { engine, contracts } = await createMock(options);
  return handlersFor(engine, contracts);
}
