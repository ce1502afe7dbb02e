import type { Account } from '../../mocks/accounts.js';
import { nothingAsked } from '../../mocks/admission/effective-request.js';
import type { StoredTask } from '../../mocks/store.js';

/** A task as the store holds it, of which only money and time matter. */
export function createStoredTask(
  account: Account,
  given: {
    readonly id: string;
    readonly price: number;
    readonly createdAt: number;
    readonly endedAt: number;
    readonly fails: boolean;
  },
): StoredTask {
  const { id, price, createdAt, endedAt, fails } = given;
  return {
    id,
    account,
    operation: 'createImage',
    request: nothingAsked,
    plan: {
      createdAt,
      startedAt: createdAt,
      endedAt,
      outcome: fails ? 'failed' : 'succeeded',
      failsAt: 50,
      etaSeconds: 1,
      price,
      seed: '0',
    },
  };
}
