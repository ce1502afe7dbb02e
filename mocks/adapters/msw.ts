import { HttpResponse, http, type RequestHandler } from 'msw';
import type { Contract } from '../../src/contract/contract.js';
import type { Engine } from '../engine.js';
import { fromRequest, toResponse } from './fetch.js';

/**
 * Handlers that answer each vendor's real host, for `setupServer(...mockHandlers(engine, contracts))`: the code under
 * test keeps its production URLs, result URLs included.
 */
export function mockHandlers(engine: Engine, contracts: readonly Contract[]): RequestHandler[] {
  return contracts.map((contract) =>
    http.all(`${new URL(contract.server).origin}/*`, async ({ request }) => {
      const base = new URL(contract.server).pathname.replace(/\/$/, '');
      const path = new URL(request.url).pathname;
      // A result URL carries the mount already; the API's own paths do not.
      const prefix = path.startsWith(`/${contract.id}/`) ? '' : `/${contract.id}`;
      const asked = await fromRequest(request, prefix);
      const rest = prefix + path.slice(base !== '' && path.startsWith(base) ? base.length : 0);
      const response = toResponse(await engine.handle({ ...asked, path: prefix === '' ? asked.path : rest }));
      return response.type === 'error' ? HttpResponse.error() : response;
    }),
  );
}
