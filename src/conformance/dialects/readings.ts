import type { Contract } from '../../contract/contract.js';

/** The other readings of a contract, to be loaded when an answer asks for one. */
export interface Readings {
  /** In the order of their names. */
  readonly dialects: readonly { readonly id: string; readonly title: string }[];
  /** The contract as these dialects read it. */
  read(ids: readonly string[]): Promise<Contract>;
}
