import { createHash } from 'node:crypto';
import { isTerminal } from '../../src/core/task.js';
import type { Reach } from '../../src/platform/address-reach.js';
import type { CallbackSender } from '../../src/platform/callback-sender.js';
import type { Clock } from '../../src/platform/clock.js';
import type { EffectiveRequest } from '../admission/effective-request.js';
import { observe } from '../lifecycle/observe.js';
import type { EngineRequest } from '../message.js';
import type { StoredTask } from '../store.js';
import { throughFaults, type VendorMock } from '../vendor-mock.js';
import { callbackBody } from './callback-body.js';
import { type CallbackAddress, type CallbackPolicy, readCallbackUrl } from './callback-url.js';
import { asDelivery, type Delivery, type DeliveryState, isOpen, type OpenDelivery } from './delivery.js';
import type { OddityId } from './oddity.js';
import { firstDue, longDelayMs, scheduleOf } from './schedule.js';
import { signedHeaders } from './signature.js';
import { createWaiting } from './waiting.js';

export interface WebhookOptions {
  readonly clock: Clock;
  readonly speed: number;
  /** Without one nothing is called, whatever the policy. */
  readonly sender?: CallbackSender;
  /** `loopback` by default. */
  readonly policy?: CallbackPolicy;
  /** Whether addresses outside this machine are called as well; only with the vendor's own rules. */
  readonly callOut?: boolean;
  /** Signs every call; the vendors themselves sign nothing. */
  readonly secret?: string;
  readonly oddities?: readonly OddityId[];
}

/** Calls back when tasks end: a schedule on the mock's clock, with a log. Only tasks with an address cost a timer. */
export interface Webhooks {
  /** The address that a request names, checked; undefined where it names none. */
  address(mock: VendorMock, asked: EffectiveRequest, request: EngineRequest): CallbackAddress | undefined;
  /** Plans the call of a task that names an address. */
  schedule(mock: VendorMock, stored: StoredTask): void;
  /** Looks at a task again whose end was moved or which is gone. */
  changed(mock: VendorMock, taskId: string): void;
  /** Drops everything about mocks that are no more. */
  forget(mocks: readonly VendorMock[]): void;
  /** Every delivery of these mocks, in the order of submits. */
  deliveries(mocks: readonly VendorMock[]): Delivery[];
  /** Sends once more, now. Undefined where there is no such delivery. */
  replay(mocks: readonly VendorMock[], id: string): Promise<Delivery> | undefined;
  /** Resolves when nothing that is due is left undone. */
  settled(): Promise<void>;
  /** The moment of the next attempt, undefined where none is planned. */
  nextDue(): number | undefined;
  /** What goes wrong on purpose from now on. */
  readonly oddities: Set<OddityId>;
  close(): void;
}

const userAgent = 'proofsheet-mock';

export function createWebhooks(options: WebhookOptions): Webhooks {
  const { clock, speed, sender, policy = 'loopback', callOut = false } = options;
  const known = new Map<VendorMock, Map<string, OpenDelivery>>();
  const odd = new Set<OddityId>(options.oddities);
  const waiting = createWaiting(clock);
  /** The delivery of a vendor that lets its successor go first, while calls are told to come out of order. */
  const heldBack = new Map<VendorMock, OpenDelivery>();

  const rulesOf = (mock: VendorMock) => mock.task.callback ?? {};
  /** What goes wrong everywhere, and what a fault of this vendor lets go wrong. */
  const oddOf = ({ faults }: VendorMock): ReadonlySet<OddityId> =>
    new Set([...odd, ...faults.flatMap(({ fault }) => fault.oddity ?? [])]);
  const scheduleFor = ({ mock, taskId }: OpenDelivery) =>
    throughFaults(
      mock,
      scheduleOf(rulesOf(mock), speed),
      (at, { fault }) => fault.callbackSchedule?.(at) ?? at,
      taskId,
    );
  const wasDropped = ({ state }: OpenDelivery) => state === 'dropped';
  const settle = (delivery: OpenDelivery, state: DeliveryState) => {
    // What was forgotten in the middle of a call stays forgotten.
    if (wasDropped(delivery)) return;
    delivery.state = state;
    waiting.tell();
    // Whoever is not known to be told after a restart is told again: at least once, that is.
    if (!isOpen(delivery)) void delivery.mock.recorder?.told(delivery.mock, delivery.taskId).catch(() => undefined);
  };

  const send = async (delivery: OpenDelivery, stored: StoredTask): Promise<number | undefined> => {
    const { mock, url, id } = delivery;
    const at = clock.now();
    const body = callbackBody(
      mock,
      stored,
      Math.max(at, stored.plan.endedAt),
      delivery.origin,
      oddOf(mock).has('differs-from-poll'),
      delivery.attempts.length + 1,
    );
    const secret = oddOf(mock).has('wrong-signature') ? `not ${options.secret ?? 'a secret'}` : options.secret;
    const reach: Reach[] =
      policy === 'loopback'
        ? ['loopback']
        : rulesOf(mock).privateRefused === true
          ? ['public']
          : callOut
            ? ['loopback', 'private', 'public']
            : ['loopback'];
    try {
      if (sender === undefined) throw new Error('this mock was given nothing to call with');
      const { status } = await sender({
        url,
        headers: {
          'content-type': 'application/json',
          'user-agent': userAgent,
          // As polls tell it, to clients on this machine only.
          ...(policy === 'loopback' ? { 'x-proofsheet-ready-at': String(Math.round(stored.plan.endedAt)) } : {}),
          ...(secret === undefined ? {} : signedHeaders(secret, id, at, body)),
        },
        body,
        timeoutMs: scheduleFor(delivery).timeoutMs,
        reach,
        signal: waiting.signal,
      });
      delivery.attempts.push({ dueAt: delivery.dueAt, at, status });
      return status;
    } catch (error) {
      delivery.attempts.push({ dueAt: delivery.dueAt, at, error: (error as Error).message });
      return undefined;
    }
  };

  const tell = async (delivery: OpenDelivery, stored: StoredTask): Promise<void> => {
    const { retriesMs, isFinal } = scheduleFor(delivery);
    for (let failures = 0; ; failures += 1) {
      settle(delivery, 'sending');
      const began = clock.now();
      const status = await send(delivery, stored);
      if (status !== undefined && isFinal(status)) {
        const received = Math.floor(status / 100) === 2;
        if (received && oddOf(delivery.mock).has('duplicated')) await send(delivery, stored);
        return settle(delivery, received ? 'delivered' : 'given-up');
      }
      const wait = retriesMs[failures];
      if (wait === undefined) return settle(delivery, 'given-up');
      // Counted from when the attempt was due, so that one long leap of a virtual clock makes all attempts in turn.
      delivery.dueAt += clock.now() - began + wait;
      settle(delivery, 'waiting');
      if (!(await waiting.until(delivery)) || wasDropped(delivery)) return;
    }
  };

  const passOn = (mock: VendorMock) => {
    const held = heldBack.get(mock);
    heldBack.delete(mock);
    if (held === undefined) return;
    held.dueAt = clock.now();
    held.wake?.abort();
  };

  const run = async (delivery: OpenDelivery): Promise<void> => {
    const { mock } = delivery;
    if (!(await waiting.until(delivery)) || wasDropped(delivery)) return;
    const told = mock.store.get(delivery.taskId);
    const phase = told === undefined ? undefined : observe(told.plan, told.plan.endedAt).phase;
    if (phase === undefined || !isTerminal(phase) || !scheduleFor(delivery).events.includes(phase))
      return settle(delivery, 'dropped');
    if (!delivery.callable) return settle(delivery, 'withheld');
    const odds = oddOf(mock);
    if (odds.has('lost')) return settle(delivery, 'lost');
    const holds = odds.has('reordered') && !heldBack.has(mock);
    if (holds) {
      heldBack.set(mock, delivery);
      delivery.dueAt += longDelayMs / speed;
      settle(delivery, 'waiting');
      if (!(await waiting.until(delivery)) || wasDropped(delivery)) return;
      if (heldBack.get(mock) === delivery) heldBack.delete(mock);
    }
    const stored = mock.store.get(delivery.taskId);
    if (stored === undefined) return settle(delivery, 'dropped');
    await tell(delivery, stored);
    if (!holds) passOn(mock);
  };

  const all = (mocks: readonly VendorMock[]) => mocks.flatMap((mock) => [...(known.get(mock)?.values() ?? [])]);

  return {
    oddities: odd,
    address(mock, asked, request) {
      const text = asked.params.callback;
      if (text === undefined || text === null || mock.task.mode === 'sync') return undefined;
      const found = readCallbackUrl(text, rulesOf(mock), policy);
      return throughFaults(mock, found, (at, { fault }) => fault.callbackAddress?.(at, text) ?? at, request);
    },
    schedule(mock, stored) {
      const { callback } = stored;
      if (callback === undefined) return;
      const delivery: OpenDelivery = {
        id: `msg_${createHash('sha256').update(`${mock.namespace}\n${mock.contract.id}\n${stored.id}`).digest('hex').slice(0, 24)}`,
        mock,
        taskId: stored.id,
        url: callback.url,
        callable: callback.reach === 'loopback' || (policy === 'vendor' && callOut),
        origin: callback.origin,
        attempts: [],
        state: 'waiting',
        dueAt: firstDue(stored.plan, speed, oddOf(mock)),
      };
      const own = known.get(mock) ?? new Map<string, OpenDelivery>();
      known.set(mock, own.set(stored.id, delivery));
      waiting.work(delivery, () => run(delivery));
    },
    changed(mock, taskId) {
      const delivery = known.get(mock)?.get(taskId);
      if (delivery === undefined || delivery.state !== 'waiting' || delivery.attempts.length > 0) return;
      const stored = mock.store.get(taskId);
      delivery.dueAt = stored === undefined ? clock.now() : firstDue(stored.plan, speed, oddOf(mock));
      delivery.wake?.abort();
    },
    forget(mocks) {
      for (const delivery of all(mocks)) {
        if (delivery.state === 'waiting') delivery.dueAt = clock.now();
        delivery.state = 'dropped';
        delivery.wake?.abort();
      }
      for (const mock of mocks) known.delete(mock);
    },
    deliveries: (mocks) => all(mocks).map(asDelivery),
    replay(mocks, id) {
      const delivery = all(mocks).find((one) => one.id === id);
      const stored = delivery?.mock.store.get(delivery.taskId);
      if (delivery === undefined || stored === undefined || isOpen(delivery) || !delivery.callable) return undefined;
      return (async () => {
        delivery.dueAt = clock.now();
        const status = await send(delivery, stored);
        if (status !== undefined && Math.floor(status / 100) === 2) settle(delivery, 'delivered');
        return asDelivery(delivery);
      })();
    },
    settled: waiting.settled,
    nextDue: waiting.nextDue,
    close: waiting.close,
  };
}
