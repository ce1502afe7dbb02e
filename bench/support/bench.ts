import type { Customer } from './customers.js';

export interface BenchOptions {
  /** Whose requests are sent. */
  readonly customer: Customer;
  /** Rounds, each with every server in turn. */
  readonly rounds: number;
  /** Seconds that each server is driven per round. */
  readonly seconds: number;
  /** Tasks of the largest store that is measured. */
  readonly tasks: number;
  /** Names of files in `bench/servers`, besides bare and our own. */
  readonly beside: readonly string[];
}

/** One question about speed or size. It answers with text; nothing is asserted, because figures belong to a machine. */
export interface Bench {
  readonly title: string;
  /** Whether tasks are polled, which not every vendor has. */
  readonly polls: boolean;
  run(options: BenchOptions): Promise<string>;
}
