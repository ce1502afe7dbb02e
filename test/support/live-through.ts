/** What clients, receivers and onlookers see of some requests, in a form that can be compared to the byte. */
import { createHash } from 'node:crypto';
import { createAccount } from '../../mocks/accounts.js';
import { toFetch } from '../../mocks/adapters/fetch.js';
import { createEngine } from '../../mocks/engine.js';
import type { ActiveFault } from '../../mocks/fault.js';
import { faults } from '../../mocks/faults/index.gen.js';
import { createPictureCache } from '../../mocks/images/picture-cache.js';
import type { Behaviour } from '../../mocks/scenarios/behaviour.js';
import { createMock, createVirtualClock } from '../../src/entry/mock.js';
import type { Manner } from '../mocks/facts/vendor-way.js';

const { contracts } = await createMock();
/** What is painted is a function of what is asked to be painted, so that all runs may share it. */
const pictures = createPictureCache(64 * 1024 * 1024);

export interface Ask {
  /** What is different from the plainest request. */
  readonly change: object;
  readonly headers: Readonly<Record<string, string>>;
}

/** Requests that arrive in one millisecond. `together`, or each when the one before was answered. */
export interface Wave {
  readonly asks: readonly Ask[];
  readonly together: boolean;
}

interface Life {
  readonly behaviour: Behaviour;
  /** Each happens to a fifth of what it could happen to. */
  readonly faultIds?: readonly string[];
  readonly balance?: number;
}

/** Every answer, file, call and journal entry of the waves, in an order that says nothing. */
export async function liveThrough(manner: Manner, waves: readonly Wave[], { behaviour, faultIds, balance }: Life) {
  const { vendor } = manner;
  const clock = createVirtualClock();
  const calls: string[] = [];
  const active = faults
    .filter(({ id }) => faultIds?.includes(id))
    .map((fault): ActiveFault => ({ fault, argument: undefined, share: 0.2 }));
  const key = `sk-${vendor}-test`;
  const engine = createEngine({
    contracts: contracts.filter(({ id }) => id === vendor),
    clock,
    pictures,
    faults: active,
    behaviour: () => behaviour,
    accounts: () => [createAccount(key, balance ?? 1e6)],
    webhooks: {
      secret: 'whsec_c2VjcmV0',
      async sender({ url, body, headers }) {
        calls.push(JSON.stringify([clock.now(), url, headers, body]));
        return { status: 200 };
      },
    },
  });
  const base = `http://127.0.0.1/${vendor}`;
  const ask = async (path: string, init: RequestInit = {}) => {
    const headers = { authorization: `Bearer ${key}`, ...(init.headers as Ask['headers'] | undefined) };
    const response = await toFetch(engine)(new Request(base + path, { ...init, headers }));
    const bytes = Buffer.from(await response.arrayBuffer());
    const isPicture = response.headers.get('content-type')?.startsWith('image/') === true;
    const body = isPicture ? createHash('sha256').update(bytes).digest('hex') : bytes.toString();
    const { status, headers: told } = response;
    return { status, body, text: JSON.stringify([path, status, [...told], body]) };
  };
  const submit = ({ change, headers }: Ask) =>
    ask(manner.submit, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ ...manner.legal, ...change }),
    });
  const send = async ({ asks, together }: Wave) => {
    if (together) return Promise.all(asks.map(submit));
    const answers = [];
    for (const one of asks) answers.push(await submit(one));
    return answers;
  };
  const mock = engine.namespaces.main.mock(vendor);
  const answers: Awaited<ReturnType<typeof ask>>[] = [];
  const lookAround = async (afterMs: number) => {
    clock.advance(afterMs);
    await engine.webhooks.settled();
    for (const { id } of mock?.store.all() ?? []) {
      if (manner.poll !== undefined) answers.push(await ask(manner.poll(id)));
      answers.push(await ask(`/__files/${id}/0.png`));
    }
  };
  const submits: typeof answers = [];
  for (const wave of waves) {
    const given = await clock.run(() => send(wave));
    submits.push(...given);
    await lookAround(1_500);
    await lookAround(8_000);
  }
  await lookAround(600_000);
  return {
    submits: submits.sort((one, other) => (one.text < other.text ? -1 : 1)),
    /** Of the submits, too. */
    answers: [...submits, ...answers].map(({ text }) => text).sort(),
    calls: calls.sort(),
    journal: (mock?.journal.list() ?? []).map(({ id: _, ...entry }) => JSON.stringify(entry)).sort(),
    balance: mock?.firstAccount.balance(clock.now()),
  };
}
