import { type Account, createAccount, defaultBalance } from '../../mocks/accounts.js';
import { toFetch } from '../../mocks/adapters/fetch.js';
import { type ListenOptions, listen } from '../../mocks/adapters/node-http.js';
import { createEngine, type Engine } from '../../mocks/engine.js';
import type { ActiveFault, Fault } from '../../mocks/fault.js';
import { faults as allFaults } from '../../mocks/faults/index.gen.js';
import type { Contract } from '../contract/contract.js';
import { UsageError } from '../core/errors.js';
import { type Clock, monotonicMs, systemClock } from '../platform/clock.js';
import { resolveContracts } from './contracts.js';

export { toFetch } from '../../mocks/adapters/fetch.js';
export type { Engine } from '../../mocks/engine.js';
export { createVirtualClock, type VirtualClock } from '../platform/virtual-clock.js';
export { allFaults as faults };

export interface MockOptions {
  /** Vendor ids, or paths of contract files; all shipped vendors by default. */
  readonly vendors?: readonly string[];
  /** Equal seeds and requests give equal tasks; 1 by default. */
  readonly seed?: number;
  /** Divides task durations; 1 by default. */
  readonly speed?: number;
  /** The machine's time by default. */
  readonly clock?: Clock;
  /** `KEY` or `KEY=BALANCE`, for every vendor; three well-known accounts by default. */
  readonly apiKeys?: readonly string[];
  /** Misbehaviours to show, as `id` or `id=argument`. */
  readonly faults?: readonly string[];
}

export interface ServerOptions extends MockOptions {
  /** 0, the default, picks a free port. */
  readonly port?: number;
  /** `127.0.0.1` by default. */
  readonly host?: string;
  readonly onAnswer?: ListenOptions['onAnswer'];
  readonly onError?: ListenOptions['onError'];
}

export interface RunningMock {
  /** `http://127.0.0.1:4010` */
  readonly origin: string;
  readonly port: number;
  /** The base URL of each vendor. */
  readonly vendors: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

function parseAccount(text: string): Account {
  const mark = text.lastIndexOf('=');
  const balance = mark < 0 ? '' : text.slice(mark + 1);
  if (mark >= 0 && !/^\d+(\.\d+)?$/.test(balance))
    throw new UsageError('--api-key takes KEY or KEY=BALANCE with a balance such as 25 or 0.5');
  return createAccount(mark < 0 ? text : text.slice(0, mark), mark < 0 ? defaultBalance : Number(balance));
}

function parseFault(text: string, contracts: readonly Contract[]): ActiveFault {
  const [id = '', ...argument] = text.split('=');
  const fault: Fault | undefined = allFaults.find((known) => known.id === id);
  if (fault === undefined)
    throw new UsageError(
      `Unknown fault ${JSON.stringify(id)}: known are ${allFaults.map((known) => known.id).join(', ')}`,
    );
  if (!contracts.some((contract) => fault.applies(contract)))
    throw new UsageError(`Fault ${id} has nothing to break in ${contracts.map((contract) => contract.id).join(', ')}`);
  return { fault, argument: argument.length > 0 ? argument.join('=') : undefined };
}

/** A mock without a socket: for `toFetch`, MSW and tests. */
export async function createMock(options: MockOptions = {}): Promise<{ engine: Engine; contracts: Contract[] }> {
  const contracts = await resolveContracts(options.vendors ?? []);
  const keys = options.apiKeys ?? [];
  const engine = createEngine({
    contracts,
    clock: options.clock ?? systemClock,
    seed: options.seed ?? 1,
    speed: options.speed ?? 1,
    faults: (options.faults ?? []).map((text) => parseFault(text, contracts)),
    ...(keys.length === 0 ? {} : { accounts: () => keys.map(parseAccount) }),
  });
  return { engine, contracts };
}

/** The mock as a fetch function; nothing listens anywhere. */
export async function createMockFetch(options: MockOptions = {}): Promise<(request: Request) => Promise<Response>> {
  return toFetch((await createMock(options)).engine);
}

/** The mock on a port. Rejects with a `UsageError` when the port cannot be had. */
export async function startMock(options: ServerOptions = {}): Promise<RunningMock> {
  const { engine } = await createMock(options);
  const server = await listen(engine, {
    port: options.port ?? 0,
    host: options.host ?? '127.0.0.1',
    monotonicMs,
    ...(options.onAnswer === undefined ? {} : { onAnswer: options.onAnswer }),
    ...(options.onError === undefined ? {} : { onError: options.onError }),
  });
  return {
    origin: server.origin,
    port: server.port,
    vendors: Object.fromEntries(engine.vendors.map((vendor) => [vendor, `${server.origin}/${vendor}`])),
    close: server.close,
  };
}
