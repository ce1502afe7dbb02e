import type { Account } from '../accounts.js';
import type { EngineRequest } from '../message.js';
import { throughFaults, type VendorMock } from '../vendor-mock.js';

function keyIn(header: string): string | undefined {
  // What nearly all clients send needs no pattern.
  if (header.startsWith('Bearer ') && /^\S+$/.test(header.slice(7))) return header.slice(7);
  return /^Bearer +(\S+)$/i.exec(header)?.[1];
}

/** The account behind the bearer key, or undefined: missing, malformed and unknown keys are all the same refusal. */
export function authenticate(mock: VendorMock, request: EngineRequest): Account | undefined {
  const header = request.headers['authorization'];
  const key = header === undefined ? undefined : keyIn(header);
  const found = key === undefined ? undefined : mock.accounts.get(key);
  if (mock.faults.length === 0) return found;
  return throughFaults(mock, found, (account, { fault }) =>
    fault.account === undefined ? account : fault.account(account, key, { first: mock.firstAccount }),
  );
}
