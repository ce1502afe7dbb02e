import { type EngineReply, type EngineRequest, jsonReply } from '../message.js';
import type { VendorMock } from '../vendor-mock.js';

export const controlRoot = '/__proofsheet';

/**
 * Only this machine may look, and only under a loopback name: a page in a browser that resolves its own host name to
 * 127.0.0.1 is still told apart by the Host header.
 */
function mayLook({ loopback, headers, origin }: EngineRequest): boolean {
  const host = headers['host'] ?? new URL(origin).host;
  return loopback && /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/.test(host);
}

/** What is mounted and how much is going on. */
export function controlReply(mocks: readonly VendorMock[], request: EngineRequest): EngineReply {
  if (!mayLook(request)) return jsonReply(403, { error: { message: 'The control API answers loopback clients only' } });
  if (request.path !== controlRoot || request.method !== 'GET')
    return jsonReply(404, { error: { message: `The control API has GET ${controlRoot} only` } });
  return jsonReply(200, {
    vendors: Object.fromEntries(
      mocks.map((mock) => [
        mock.contract.id,
        {
          root: mock.root,
          tasks: mock.store.size,
          seed: mock.seed,
          speed: mock.speed,
          faults: mock.faults.map(({ fault }) => fault.id),
        },
      ]),
    ),
  });
}
