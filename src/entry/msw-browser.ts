import type { RequestHandler } from 'msw';
import { mockHandlers as handlersFor } from '../../mocks/adapters/msw.js';
import { createEngine } from '../../mocks/engine.js';
import { UsageError } from '../core/errors.js';
import { type Clock, systemClock } from '../platform/clock.js';
import { bundledContracts } from './bundled-contracts.js';

export { createVirtualClock, type VirtualClock } from '../platform/virtual-clock.js';

export interface BrowserMockOptions {
  /** Vendor ids; all shipped vendors by default. */
  readonly vendors?: readonly string[];
  /** Equal seeds and requests give equal tasks; 1 by default. */
  readonly seed?: number;
  /** Divides task durations; 1 by default. */
  readonly speed?: number;
  /** The machine's time by default. */
  readonly clock?: Clock;
}

/**
 * Handlers for MSW's browser worker, `setupWorker(...await mockHandlers())`: requests of a page to the vendors' real hosts
 * are answered by the mock in the page itself, pictures included. Nobody is called back from a page.
 */
export async function mockHandlers(options: BrowserMockOptions = {}): Promise<RequestHandler[]> {
  const all = await bundledContracts();
  const { vendors = all.map(({ id }) => id), seed = 1, speed = 1, clock = systemClock } = options;
  const unknown = vendors.find((id) => !all.some((contract) => contract.id === id));
  if (unknown !== undefined)
    throw new UsageError(`${unknown} is not among the vendors: ${all.map(({ id }) => id).join(', ')}`);
  const contracts = all.filter(({ id }) => vendors.includes(id));
  return handlersFor(createEngine({ contracts, clock, seed, speed }), contracts);
}
