/** A mocked vendor in its documented reading, and what the rows of facts need of it. */
import sharp from 'sharp';
import { expect } from 'vitest';
import { toFetch } from '../../../mocks/adapters/fetch.js';
import { createEngine } from '../../../mocks/engine.js';
import { behaviourFor } from '../../../mocks/scenarios/for-vendor.js';
import { readScenario } from '../../../mocks/scenarios/read-scenario.js';
import type { CallbackPolicy } from '../../../mocks/webhooks/callback-url.js';
import type { Contract } from '../../../src/contract/contract.js';
import { createMock, createVirtualClock } from '../../../src/entry/mock.js';
import type { CallbackRequest } from '../../../src/platform/callback-sender.js';

// biome-ignore lint/suspicious/noExplicitAny: answers are taken apart member by member, and compared
type Body = any;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** How a vendor is spoken to, written by hand: nothing of it is read from the contract. */
export interface Manner {
  readonly vendor: string;
  readonly submit: string;
  readonly legal: Readonly<Record<string, unknown>>;
  id?(accepted: Body): string;
  poll?(id: string): string;
  /** Addresses in a final answer. */
  results(final: Body): string[];
  /** The member of a submit that names a receiver, where there are callbacks. */
  readonly callback?: string;
  /** A change that asks for several pictures, where a request can. */
  readonly several?: Readonly<Record<string, unknown>>;
  /** All that the answers about a task that succeeds say of its cost. */
  costs?(told: { readonly accepted: Body; readonly running: Body; readonly final: Body }): number[];
}

export type Row = (way: VendorWay) => Promise<void>;
export type VendorWay = Awaited<ReturnType<typeof vendorWay>>;

const minute = 60_000;

interface WayOptions {
  /** Which addresses are taken for callbacks. */
  readonly callbacks?: CallbackPolicy;
  readonly scenario?: string;
  /** What callbacks are signed with; they are not without. */
  readonly secret?: string;
}

/** Contracts are read once: what belongs to a test is the engine. */
const read = new Map<string, Promise<Contract>>();

function contractOf(vendor: string): Promise<Contract> {
  const known =
    read.get(vendor) ?? createMock({ vendors: [vendor] }).then(({ contracts: [first] }) => first as Contract);
  read.set(vendor, known);
  return known;
}

export async function vendorWay(manner: Manner, { callbacks = 'loopback', scenario, secret }: WayOptions = {}) {
  const { vendor } = manner;
  const clock = createVirtualClock();
  const calls: (CallbackRequest & { readonly at: number })[] = [];
  const statuses: number[] = [];
  const wanted = scenario === undefined ? undefined : await readScenario(scenario);
  const engine = createEngine({
    contracts: [await contractOf(vendor)],
    clock,
    behaviour: () => behaviourFor(wanted, vendor),
    webhooks: {
      policy: callbacks,
      ...(secret === undefined ? {} : { secret }),
      sender: async (request) => {
        calls.push({ ...request, at: clock.now() });
        return { status: statuses.shift() ?? 200 };
      },
    },
  });
  const base = `http://mock.test/${vendor}`;
  const key = `sk-${vendor}-test`;

  const raw = async (method: string, path: string, more: RequestInit = {}): Promise<Answer> => {
    const headers = { authorization: `Bearer ${key}`, ...(more.headers as Record<string, string> | undefined) };
    const request = new Request(base + path, { method, ...more, headers });
    const { response, text } = await clock.run(async () => {
      const answered = await toFetch(engine)(request);
      return { response: answered, text: await answered.text() };
    });
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };
  const post = (change: object = {}, headers: Record<string, string> = {}, path = manner.submit) =>
    raw('POST', path, {
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ ...manner.legal, ...change }),
    });
  const poll = async (id: string, headers: Record<string, string> = {}) =>
    raw('GET', manner.poll?.(id) ?? '/nowhere', { headers });
  /** A submit that must be accepted: what was said then, while it ran and in the end. */
  const run = async (change: object = {}) => {
    const accepted = await post(change);
    expect(accepted.status).toBe(200);
    if (manner.id === undefined) return { id: '', accepted, queued: accepted, running: accepted, final: accepted };
    const id = manner.id(accepted.body);
    const queued = await poll(id);
    clock.advance(2_500);
    const running = await poll(id);
    clock.advance(minute);
    return { id, accepted, queued, running, final: await poll(id) };
  };
  const download = (url: string, headers: Record<string, string> = {}) =>
    toFetch(engine)(new Request(url, { headers }));
  const pictures = async (change: object = {}) => {
    const urls = manner.results((await run(change)).final.body);
    const files = await Promise.all(urls.map((url) => download(url)));
    return Promise.all(
      files.map(async (file) => {
        expect(file.status).toBe(200);
        const picture = sharp(Buffer.from(await file.arrayBuffer()));
        const { width, height, format, hasAlpha } = await picture.metadata();
        expect(file.headers.get('content-type')).toBe(`image/${format}`);
        return { size: `${width}x${height}`, format, hasAlpha, isOpaque: (await picture.stats()).isOpaque };
      }),
    );
  };
  const expectStatus = async (status: number, changes: readonly object[]) => {
    for (const change of changes) expect([change, (await post(change)).status]).toEqual([change, status]);
  };
  return {
    ...manner,
    clock,
    engine,
    base,
    key,
    /** Whom the mock called, and what the receiver answers next. */
    calls,
    statuses,
    raw,
    get: (path: string, headers: Record<string, string> = {}) => raw('GET', path, { headers }),
    post,
    poll,
    run,
    download,
    pictures,
    sizeOf: async (change: object) => (await pictures(change))[0]?.size,
    accepts: (...changes: object[]) => expectStatus(200, changes),
    refuses: (...changes: object[]) => expectStatus(400, changes),
    /** What an outcome that is asked for by header is answered. */
    outcome: (name: string) => post({}, { prefer: `outcome=${name}` }),
    async control(method: string, path: string, body: object) {
      const request = new Request(`http://127.0.0.1/__proofsheet${path}`, { method, body: JSON.stringify(body) });
      expect((await toFetch(engine)(request)).status).toBe(200);
    },
    /** A vendor of its own, with other options. */
    other: (more: WayOptions) => vendorWay(manner, more),
    async settle(ms: number) {
      const goal = clock.now() + ms;
      for (;;) {
        await engine.webhooks.settled();
        const next = engine.webhooks.nextDue();
        if (next === undefined || next > goal) break;
        clock.advance(next - clock.now());
      }
      clock.advance(goal - clock.now());
      await engine.webhooks.settled();
    },
    /** Makes every call that was made until now once more, to a receiver that takes it. */
    async replay() {
      statuses.length = 0;
      const mocks = engine.namespaces.main.mocks();
      for (const { id } of engine.webhooks.deliveries(mocks))
        expect(await engine.webhooks.replay(mocks, id)).toMatchObject({ state: 'delivered' });
    },
    balance: (of = key) => engine.namespaces.main.mock(vendor)?.accounts.get(of)?.balance(clock.now()) ?? Number.NaN,
  };
}

/** What the vendor's own refusals have in common: the member in which each tells its message. */
export function messageOf(body: { error?: { message?: unknown }; message?: unknown }): unknown {
  return body.error?.message ?? body.message;
}

/** An undefined member is left out of the request. */
export const without = (name: string) => ({ [name]: undefined });
export const address = 'https://example.com/one.png';
export const addresses = (count: number) => Array.from({ length: count }, () => address);
