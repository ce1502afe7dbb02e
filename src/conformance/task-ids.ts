import type { Contract } from '../contract/contract.js';
import type { Rng } from '../platform/random.js';

const alphabets: Record<string, string> = {
  alnum: 'abcdefghijklmnopqrstuvwxyz0123456789',
  base32: '0123456789ABCDEFGHJKMNPQRSTVWXYZ',
};

/** An id that looks like the vendor's own and belongs to no task. */
export function plausibleTaskId(contract: Contract, rng: Rng): string {
  const template = contract.submit?.task.id?.template ?? 'proofsheet-{alnum:20}';
  return template.replace(/\{(\w+)(?::(\d+))?\}/g, (_, kind: string, length?: string) =>
    kind === 'unix' ? '1700000000' : rng.text(alphabets[kind] ?? 'x', Number(length ?? 8)),
  );
}

/** An id that no vendor gives out, with characters that careless servers trip over. */
export const garbledTaskId = `no'such"task <&> %00`;
