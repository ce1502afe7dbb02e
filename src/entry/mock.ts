import { type Account, createAccount, defaultBalance } from '../../mocks/accounts.js';
import { toFetch } from '../../mocks/adapters/fetch.js';
import { type ListenOptions, listen } from '../../mocks/adapters/node-http.js';
import { createEngine, type Engine, loadControl } from '../../mocks/engine.js';
import { faults as allFaults } from '../../mocks/faults/index.gen.js';
import { createPictureCache } from '../../mocks/images/picture-cache.js';
import { activeFault, oddityOf } from '../../mocks/named-fault.js';
import { behaviourFor } from '../../mocks/scenarios/for-vendor.js';
import type { Scenario } from '../../mocks/scenarios/schema.js';
import type { KeptState } from '../../mocks/state/kept-state.js';
import type { CallbackPolicy } from '../../mocks/webhooks/callback-url.js';
import { vendorIds } from '../../specs/index.gen.js';
import type { Contract } from '../contract/contract.js';
import { UsageError } from '../core/errors.js';
import type { CallbackSender } from '../platform/callback-sender.js';
import { type Clock, monotonicMs, systemClock } from '../platform/clock.js';
import { createSteeredClock } from '../platform/steered-clock.js';
import { resolveContracts } from './contracts.js';
import { webhookOptions } from './mock-callbacks.js';

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
  /** Time that stands still until the control API moves it; not together with `clock`. */
  readonly virtualClock?: boolean;
  /** A folder in which tasks outlive the process; nothing is written without one. */
  readonly state?: string;
  /** Lets clients elsewhere use the control API, which answers only this machine otherwise. */
  readonly adminToken?: string;
  /** `KEY` or `KEY=BALANCE`, for every vendor; three well-known accounts by default. */
  readonly apiKeys?: readonly string[];
  /** Other readings than the documented one, as `vendor=name` or `name`: see `specs/<vendor>/dialects`. */
  readonly dialects?: readonly string[];
  /** Misbehaviours to show, as `id` or `id=argument`; those of callbacks as `callback-lost` and so on. */
  readonly faults?: readonly string[];
  /** Who is called back: plain http receivers on this machine (default), or whom the vendor's own rules allow. */
  readonly callbacks?: CallbackPolicy;
  /** Whether receivers elsewhere are called, too, where the vendor's rules allow them; false by default. */
  readonly callbacksOut?: boolean;
  /** Signs calls by the Standard Webhooks scheme; the vendors sign nothing. */
  readonly callbackSecret?: string;
  /** How calls go wrong on purpose: `lost`, `late`, `early`, `duplicated`, `reordered`, `wrong-signature`, … */
  readonly callbackOddities?: readonly string[];
  /** Stands in for sockets. */
  readonly callbackSender?: CallbackSender;
  /** Timing, chances and limits: a scenario's name or file. What is given here beside it wins. */
  readonly scenario?: string;
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
  /** With `state`: how many tasks were found in it, and how many of those fit no vendor or account of this mock. */
  readonly kept?: { readonly restored: number; readonly left: number };
  /** Moves the time of a mock in virtual time: by so much, or to the next event. */
  readonly time: Engine['time'];
  close(): Promise<void>;
}

/** A mock without a socket. */
export interface MockInProcess {
  readonly engine: Engine;
  readonly contracts: Contract[];
  readonly kept?: RunningMock['kept'];
  /** Ends what would still happen by itself, and lets go of the state's folder. */
  close(): Promise<void>;
}

function parseAccount(text: string): Account {
  const mark = text.lastIndexOf('=');
  const balance = mark < 0 ? '' : text.slice(mark + 1);
  if (mark >= 0 && !/^\d+(\.\d+)?$/.test(balance))
    throw new UsageError('--api-key takes KEY or KEY=BALANCE with a balance such as 25 or 0.5');
  return createAccount(mark < 0 ? text : text.slice(0, mark), mark < 0 ? defaultBalance : Number(balance));
}

function refuseUnknownVendors(scenario: Scenario | undefined, contracts: readonly Contract[]): void {
  const strangers = Object.keys(scenario?.vendors ?? {}).filter((id) => !vendorIds.some((known) => known === id));
  const unknown = strangers.filter((id) => !contracts.some((contract) => contract.id === id));
  if (unknown.length > 0)
    throw new UsageError(
      `The scenario speaks of ${unknown.join(', ')}, which is no vendor: known are ${vendorIds.join(', ')}`,
    );
}

function clockFor({ clock, virtualClock }: MockOptions): Clock {
  if (virtualClock !== true) return clock ?? systemClock;
  if (clock !== undefined) throw new UsageError('A mock runs on a clock of its own or on the one given, not on both');
  return createSteeredClock();
}

/** All mocks of a process share what was painted: a test suite that starts hundreds of them paints each picture once. */
const pictures = createPictureCache(64 * 1024 * 1024);

// What few mocks need is loaded where it is asked for: starting up should take no longer than it must.
async function scenarioOf(nameOrFile: string): Promise<Scenario> {
  const { readScenario } = await import('../../mocks/scenarios/read-scenario.js');
  return readScenario(nameOrFile);
}

async function stateIn(folder: string, clock: Clock): Promise<KeptState> {
  const { openState } = await import('../../mocks/state/kept-state.js');
  return openState(folder, clock);
}

/** A mock without a socket: for `toFetch`, MSW and tests. */
export async function createMock(options: MockOptions = {}): Promise<MockInProcess> {
  const [mock] = await Promise.all([assemble(options), loadControl()]);
  return mock;
}

async function assemble(options: MockOptions): Promise<MockInProcess> {
  const contracts = await resolveContracts(options.vendors ?? [], options.dialects ?? []);
  const scenario = options.scenario === undefined ? undefined : await scenarioOf(options.scenario);
  refuseUnknownVendors(scenario, contracts);
  const keys = options.apiKeys ?? [];
  const clock = clockFor(options);
  const named = [...(scenario?.faults ?? []), ...(options.faults ?? []).map((text) => ({ text }))];
  const webhooks = webhookOptions(options, named);
  const faults = named.filter(({ text }) => oddityOf(text) === undefined).map((one) => activeFault(one, contracts));
  const state = options.state === undefined ? undefined : await stateIn(options.state, clock);
  const engine = createEngine({
    contracts,
    clock,
    seed: options.seed ?? scenario?.seed ?? 1,
    speed: options.speed ?? scenario?.speed ?? 1,
    faults,
    pictures,
    webhooks,
    behaviour: (vendor) => behaviourFor(scenario, vendor),
    ...(keys.length === 0 ? {} : { accounts: () => keys.map(parseAccount) }),
    ...(state === undefined ? {} : { recorder: state.recorder }),
    ...(options.adminToken === undefined ? {} : { adminToken: options.adminToken }),
  });
  const kept = await state?.restore(engine.namespaces);
  return {
    engine,
    contracts,
    ...(kept === undefined ? {} : { kept }),
    async close() {
      engine.close();
      await state?.close();
    },
  };
}

/** The mock as a fetch function; nothing listens anywhere. */
export async function createMockFetch(options: MockOptions = {}): Promise<(request: Request) => Promise<Response>> {
  return toFetch((await createMock(options)).engine);
}

/** The mock on a port. Rejects with a `UsageError` when the port cannot be had. */
export async function startMock(options: ServerOptions = {}): Promise<RunningMock> {
  const mock = await assemble(options);
  const { engine, kept } = mock;
  const serverOptions = {
    port: options.port ?? 0,
    host: options.host ?? '127.0.0.1',
    monotonicMs,
    ...(options.onAnswer === undefined ? {} : { onAnswer: options.onAnswer }),
    ...(options.onError === undefined ? {} : { onError: options.onError }),
  };
  const server = await listen(engine, serverOptions).catch(async (error: unknown) => {
    await mock.close();
    throw error;
  });
  return {
    origin: server.origin,
    port: server.port,
    vendors: Object.fromEntries(engine.vendors.map((vendor) => [vendor, `${server.origin}/${vendor}`])),
    ...(kept === undefined ? {} : { kept }),
    time: engine.time,
    async close() {
      await server.close();
      await mock.close();
    },
  };
}
