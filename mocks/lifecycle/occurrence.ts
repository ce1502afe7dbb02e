import { emptyHash, finishHash, hashPart } from '../../src/platform/random.js';
import type { EffectiveRequest } from '../admission/effective-request.js';
import { hashStably } from '../admission/stable-text.js';

/**
 * What makes two requests the same one, so that the k-th of them gets the k-th chance. The outcome that a header asked
 * for belongs to it: else it would matter which of two requests with one body comes first.
 */
export function requestHash(
  accountKey: string,
  operation: string,
  request: EffectiveRequest,
  preferred: string | undefined,
): number {
  const who = hashPart(hashPart(emptyHash, accountKey), operation);
  return finishHash(hashPart(hashStably(who, request.body), preferred ?? ''));
}

/** Counts how often something was seen, by its hash. It never forgets, so it takes few bytes for each. */
export interface Occurrences {
  /** How often the hash was seen before; this is one time more. */
  next(hash: number): number;
  /** Puts a count back that was kept elsewhere. */
  set(hash: number, count: number): void;
  /** Every hash that was seen, with how often. */
  entries(): Iterable<[hash: number, count: number]>;
}

const firstSlots = 1024;

/** An open table of two numbers a slot: a map would take five times as much for a million requests. */
export function createOccurrences(): Occurrences {
  let slots = firstSlots;
  let hashes = new Uint32Array(slots);
  let counts = new Uint32Array(slots);
  let used = 0;

  const slotOf = (hash: number) => {
    // The hash is well mixed; neighbours take what does not fit.
    let slot = hash & (slots - 1);
    while (counts[slot] !== 0 && hashes[slot] !== hash) slot = (slot + 1) & (slots - 1);
    return slot;
  };

  const grow = () => {
    const [oldHashes, oldCounts] = [hashes, counts];
    slots *= 2;
    hashes = new Uint32Array(slots);
    counts = new Uint32Array(slots);
    for (let old = 0; old < oldCounts.length; old += 1) {
      const count = oldCounts[old] as number;
      if (count === 0) continue;
      const slot = slotOf(oldHashes[old] as number);
      hashes[slot] = oldHashes[old] as number;
      counts[slot] = count;
    }
  };

  /** Writes a count and answers the one before. */
  const put = (hash: number, slot: number, count: number) => {
    const before = counts[slot] as number;
    counts[slot] = count;
    if (before > 0 || count === 0) return before;
    hashes[slot] = hash;
    used += 1;
    if (used > slots * 0.7) grow();
    return 0;
  };

  return {
    next(hash) {
      const slot = slotOf(hash);
      return put(hash, slot, (counts[slot] as number) + 1);
    },
    set(hash, count) {
      put(hash, slotOf(hash), count);
    },
    *entries() {
      for (const [slot, count] of counts.entries()) if (count > 0) yield [hashes[slot] as number, count];
    },
  };
}
