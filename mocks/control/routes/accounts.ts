import { jsonReply } from '../../message.js';
import { sumOf } from '../../money/amount.js';
import { entriesOf } from '../../money/entries.js';
import type { VendorMock } from '../../vendor-mock.js';
import { type ControlRoute, mocksOf, refuse, wholeNumber } from '../route.js';

const usualLimit = 100;

/** Accounts go by number, in the order in which they were given: a key is never told. */
function summaries(mock: VendorMock, now: number) {
  return [...mock.accounts.values()].map((account, index) => ({
    vendor: mock.contract.id,
    account: index + 1,
    balance: account.balance(now),
    ...(mock.task.price === undefined ? {} : { unit: mock.task.price.unit }),
  }));
}

const list: ControlRoute = {
  method: 'GET',
  path: '/accounts',
  handle({ space, clock }, { query }) {
    const accounts = mocksOf(space, query.get('vendor')).flatMap((mock) => summaries(mock, clock.now()));
    return jsonReply(200, { accounts });
  },
};

const entries: ControlRoute = {
  method: 'GET',
  path: '/accounts/{vendor}/{account}',
  handle({ space, clock }, { places, query }) {
    const [mock] = mocksOf(space, places['vendor'] ?? '');
    const account = [...(mock?.accounts.values() ?? [])][Number(places['account']) - 1];
    if (mock === undefined || account === undefined) return refuse(404, 'There is no such account');
    const limit = wholeNumber(query.get('limit'), usualLimit);
    if (limit === undefined) return refuse(400, 'limit takes a whole number');
    const now = clock.now();
    const found = entriesOf(mock.store.all(), account.key, now);
    return jsonReply(200, {
      balance: account.balance(now),
      // What the entries add up to: the opening balance plus this is the balance.
      sum: sumOf(found.map(({ amount }) => amount)),
      count: found.length,
      entries: limit === 0 ? [] : found.slice(-limit),
    });
  },
};

export const accountRoutes: readonly ControlRoute[] = [list, entries];
