import type { Account } from '../accounts.js';
import type { EngineRequest } from '../message.js';
import { throughFaults, type VendorMock } from '../vendor-mock.js';

const usual = 'Bearer ';

/** The account behind the bearer key, or undefined: missing, malformed and unknown keys are all the same refusal. */
export function authenticate(mock: VendorMock, request: EngineRequest): Account | undefined {
  const header = request.headers['authorization'];
  // What nearly all clients send needs no pattern.
  const known = header?.startsWith(usual) ? mock.accounts.get(header.slice(usual.length)) : undefined;
  if (known !== undefined && mock.faults.length === 0) return known;
  const key = header === undefined ? undefined : /^Bearer +(\S+)$/i.exec(header)?.[1];
  const found = key === undefined ? undefined : mock.accounts.get(key);
  return throughFaults(
    mock,
    found,
    (account, { fault }) =>
      fault.account === undefined ? account : fault.account(account, key, { first: mock.firstAccount }),
    request,
  );
}
