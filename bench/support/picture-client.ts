/**
 * Fetches pictures in a process of its own, so that reading them takes nothing from the client that is measured:
 * `tsx bench/support/picture-client.ts PORT VENDOR`. Told ids and a time by message, it answers how many it fetched.
 */
import { setPriority } from 'node:os';
import { customerOf } from './customers.js';
import { drive } from './raw-client.js';

/** What it is asked for. */
export interface Fetch {
  readonly ids: readonly string[];
  readonly seconds: number;
  /** Milliseconds that each of its two connections rests after a picture. */
  readonly restMs: number;
}

const [port, vendor = ''] = process.argv.slice(2);
// Whoever really fetches pictures does so on a machine of its own.
setPriority(19);

process.on('message', async ({ ids, seconds, restMs }: Fetch) => {
  const requests = ids.map(customerOf(vendor).file);
  const { answers } = await drive({ port: Number(port), requests, connections: 2, until: { seconds }, restMs });
  process.send?.(answers);
});
