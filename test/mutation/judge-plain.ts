import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Thoroughness } from '../../src/conformance/cases/thoroughness.js';
import { runCheck } from '../../src/conformance/run-check.js';
import type { CheckReport } from '../../src/core/check-report.js';
import { resolveContract } from '../../src/entry/contracts.js';
import { type CallbackReceiver, receiveCallbacks } from '../../src/platform/callback-receiver.js';
import { type Clock, systemClock } from '../../src/platform/clock.js';
import { createNodeWire } from '../../src/platform/node-wire.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { type Wire, WireError } from '../../src/platform/wire.js';
import { apigo } from '../servers/apigo.js';
import { apimart } from '../servers/apimart.js';
import type { Caller } from '../servers/calls.js';
import { evolink } from '../servers/evolink.js';
import { gptimage15 } from '../servers/gptimage15.js';
import { encode, listener } from '../servers/http.js';
import type { Answer, PlainOptions, Quirk } from '../servers/kit.js';
import { receiverInProcess } from '../support/in-process.js';

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
    const gone: (() => void)[] = [];
    const reply = await answer({
      method: request.method,
      path: url.pathname,
      query: url.searchParams,
      headers: Object.fromEntries(headers),
      bytes: typeof request.body === 'string' ? Buffer.from(request.body) : (request.body ?? new Uint8Array()),
      origin: url.origin,
      onGone: (listener) => void gone.push(listener),
    });
    if (request.hangUp !== undefined) {
      for (const listener of gone) listener();
      throw new WireError('hung-up', 'closed by us on purpose');
    }
    const { headers: sent, bytes } = encode(reply);
    if (reply.status === 0) throw new WireError('reset', 'the connection was reset');
    const most = reply.cut === true ? Math.floor(bytes.byteLength / 2) : request.maxBytes;
    return { status: reply.status, headers: sent, body: bytes.subarray(0, most), truncated: bytes.byteLength > most };
  };
}

const jsonHeaders = { 'content-type': 'application/json' };

interface Setting {
  readonly vendor: string;
  readonly baseUrl: string;
  readonly wire: Wire;
  readonly clock: Clock;
  readonly timeout: number;
  readonly seed: number;
  readonly pollInterval?: number;
  readonly cases: Thoroughness;
  readonly dialects: readonly string[];
  readonly receiver: CallbackReceiver;
}

async function judge({ vendor, dialects, ...setting }: Setting): Promise<CheckReport> {
  const run = runCheck({
    ...setting,
    contract: await resolveContract(vendor, dialects),
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

export interface PlainRun {
  readonly seed?: number;
  readonly cases?: Thoroughness;
  /** The reading of the contract by which it is judged. */
  readonly dialects?: readonly string[];
}

/** A whole check at full depth of a plain server, in process and in virtual time. */
export function judgePlain(
  vendor: string,
  quirk: Quirk = {},
  { seed = 1, cases = 'sample', dialects = [] }: PlainRun = {},
): Promise<CheckReport> {
  const clock = createVirtualClock();
  const { receiver, sender } = receiverInProcess(clock);
  const caller: Caller = {
    receiver: receiver.url,
    sleep: (ms) => clock.sleep(ms),
    send: async (url, body) =>
      (await sender({ url, headers: jsonHeaders, body, timeoutMs: 5_000, reach: ['loopback'] })).status,
  };
  const inside = wireInto(serverFor(vendor)({ now: clock.now, quirk, caller }));
  const wire: Wire = (request) => clock.hold(inside(request));
  const setting = { vendor, wire, clock, seed, cases, dialects, receiver };
  return clock.run(() => judge({ ...setting, baseUrl: 'http://127.0.0.1', timeout: 20_000 }));
}

/** The same over a real socket and in real time, with tasks of a few hundredths of a second. */
export async function judgeOverSockets(
  vendor: string,
  quirk: Quirk = {},
  { seed = 1, cases = 'sample', dialects = [] }: PlainRun = {},
): Promise<CheckReport> {
  const receiver = await receiveCallbacks({ clock: systemClock });
  const caller: Caller = {
    receiver: receiver.url,
    sleep: (ms) => systemClock.sleep(ms),
    send: async (url, body) => (await fetch(url, { method: 'POST', headers: jsonHeaders, body })).status,
  };
  const answer = serverFor(vendor)({ now: Date.now, quirk, pace: 0.25, retryPace: 0.02, caller });
  const server = createServer(listener(answer));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { wire, close } = createNodeWire();
  try {
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const setting = { vendor, baseUrl, wire, clock: systemClock, seed, cases, dialects, receiver };
    return await judge({ ...setting, timeout: 3_000, pollInterval: 12 });
  } finally {
    close();
    await receiver.close();
    server.closeAllConnections();
    server.close();
  }
}
