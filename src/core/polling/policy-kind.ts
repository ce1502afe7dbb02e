import type { PollingPolicy } from './policy.js';

/** `wait`: a duration of at least 1 ms; `cap`: one that is no shorter than the first wait; `factor`: from 1 to 100. */
export interface PolicyParam {
  readonly type: 'wait' | 'cap' | 'factor';
  readonly name: string;
}

/** A policy as a person names it: `id:parameters`. */
export interface PolicyKind {
  readonly id: string;
  /** Parameters of an example, which help texts show. */
  readonly example: string;
  /** What the parameters mean. */
  readonly says: string;
  readonly params: readonly PolicyParam[];
  readonly build: (values: readonly number[]) => PollingPolicy;
  /** Reads parameters that are no plain list; undefined where there is no colon. Throws a `UsageError`. */
  readonly read?: (parameters: string | undefined) => PollingPolicy;
}

/** Lets a policy name its parameters: `build` gets exactly one number for each of them. */
export function definePolicy<const Params extends readonly PolicyParam[]>(
  kind: Omit<PolicyKind, 'params' | 'build'> & {
    readonly params: Params;
    readonly build: (values: { readonly [Index in keyof Params]: number }) => PollingPolicy;
  },
): PolicyKind {
  return { ...kind, build: (values) => kind.build(values as { readonly [Index in keyof Params]: number }) };
}
