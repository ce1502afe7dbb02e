import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Thoroughness } from '../../src/conformance/cases/thoroughness.js';
import { runCheck } from '../../src/conformance/run-check.js';
import type { CheckReport } from '../../src/core/check-report.js';
import { resolveContract } from '../../src/entry/contracts.js';
import { type Clock, systemClock } from '../../src/platform/clock.js';
import { createNodeWire } from '../../src/platform/node-wire.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { type Wire, WireError } from '../../src/platform/wire.js';
import { apigo } from '../servers/apigo.js';
import { apimart } from '../servers/apimart.js';
import { evolink } from '../servers/evolink.js';
import { gptimage15 } from '../servers/gptimage15.js';
import { type Answer, encode, listener, type PlainOptions, type Quirk } from '../servers/kit.js';

const servers: Readonly<Record<string, (options: PlainOptions) => Answer>> = { apigo, apimart, evolink, gptimage15 };

function serverFor(vendor: string): (options: PlainOptions) => Answer {
  const server = servers[vendor];
  if (server === undefined) throw new Error(`there is no plain server for ${vendor}`);
  return server;
}

/** A plain server as the runner's wire, without a socket: what stands between them is only this function. */
function wireInto(answer: Answer): Wire {
  return async (request) => {
    const url = new URL(request.url);
    const headers = Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]);
    const reply = await answer({
      method: request.method,
      path: url.pathname,
      query: url.searchParams,
      headers: Object.fromEntries(headers),
      bytes: typeof request.body === 'string' ? Buffer.from(request.body) : (request.body ?? new Uint8Array()),
      origin: url.origin,
    });
    const { headers: sent, bytes } = encode(reply);
    if (reply.status === 0) throw new WireError('reset', 'the connection was reset');
    const most = reply.cut === true ? Math.floor(bytes.byteLength / 2) : request.maxBytes;
    return { status: reply.status, headers: sent, body: bytes.subarray(0, most), truncated: bytes.byteLength > most };
  };
}

interface Setting {
  readonly vendor: string;
  readonly baseUrl: string;
  readonly wire: Wire;
  readonly clock: Clock;
  readonly timeout: number;
  readonly seed: number;
  readonly pollInterval?: number;
  readonly cases: Thoroughness;
}

async function judge({ vendor, ...setting }: Setting): Promise<CheckReport> {
  const run = runCheck({
    ...setting,
    contract: await resolveContract(vendor),
    apiKey: `sk-${vendor}-test`,
    otherKey: `sk-${vendor}-other`,
    poorKey: `sk-${vendor}-poor`,
    depth: 'full',
    failOn: 'note',
    version: '0.0.0',
  });
  for (;;) {
    const step = await run.next();
    if (step.done === true) return step.value;
  }
}

/** A whole check at full depth of a plain server, in process and in virtual time. */
export function judgePlain(
  vendor: string,
  quirk: Quirk = {},
  seed = 1,
  cases: Thoroughness = 'sample',
): Promise<CheckReport> {
  const clock = createVirtualClock();
  const inside = wireInto(serverFor(vendor)({ now: clock.now, quirk }));
  const wire: Wire = (request) => clock.hold(inside(request));
  return clock.run(() => judge({ vendor, baseUrl: 'http://127.0.0.1', wire, clock, timeout: 20_000, seed, cases }));
}

/** The same over a real socket and in real time, with tasks of a few hundredths of a second. */
export async function judgeOverSockets(vendor: string, quirk: Quirk = {}, seed = 1): Promise<CheckReport> {
  const answer = serverFor(vendor)({ now: Date.now, quirk, pace: 0.25 });
  const server = createServer(listener(answer));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { wire, close } = createNodeWire();
  try {
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return await judge({
      vendor,
      baseUrl,
      wire,
      clock: systemClock,
      timeout: 3_000,
      seed,
      cases: 'sample',
      pollInterval: 12,
    });
  } finally {
    close();
    server.closeAllConnections();
    server.close();
  }
}
