import type { Contract, SubmitOperation } from '../contract/contract.js';
import { UsageError } from '../core/errors.js';
import { isLoopback } from '../core/loopback.js';
import { targetOf } from '../platform/target.js';

export interface LoadTargetOptions {
  readonly contract: Contract;
  readonly apiKey: string;
  /** Stands in for the contract's server. */
  readonly baseUrl?: string;
  /** Load on anything but this machine, which may cost money and disturb others. */
  readonly allowRemote?: boolean;
}

export interface LoadTarget {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly submit: SubmitOperation;
  /** Of every request. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Throws a `UsageError` for a target that is not this machine (unless allowed) or has nothing to submit. */
export function loadTarget({ contract, apiKey, baseUrl, allowRemote }: LoadTargetOptions): LoadTarget {
  const target = targetOf(contract.server, baseUrl);
  if (!isLoopback(target) && allowRemote !== true)
    throw new UsageError(
      `${new URL(target).host} is not this machine: load on someone else's server costs money and disturbs others, ` +
        'so it must be allowed explicitly (--allow-remote)',
    );
  if (contract.submit === undefined)
    throw new UsageError(`The contract ${contract.id} describes no operation that submits a task`);
  if (!/^[\x21-\x7e]+$/.test(apiKey))
    throw new UsageError('The API key is empty or holds a character that no header can carry, such as a line break');
  return {
    baseUrl: target,
    submit: contract.submit,
    headers: { authorization: `Bearer ${apiKey}`, accept: 'application/json' },
  };
}
