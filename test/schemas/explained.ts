/** Where the two validators may disagree, and why. Everything else is a mistake of ours or of theirs. */
import type { Violation } from '../../src/contract/validators.js';

interface Disagreement {
  /** What our validators say; empty where they find the value valid. */
  readonly ours: readonly Violation[];
  /** Whether the second validator finds the value valid. */
  readonly theirs: boolean;
}

interface Explanation {
  readonly reason: string;
  readonly covers: (disagreement: Disagreement) => boolean;
}

export const explained: readonly Explanation[] = [
  {
    reason:
      'Our validators assert `format`, because a URL that is none cannot be fetched. To the second one formats are notes, ' +
      'which is what JSON Schema 2020-12 asks for by default.',
    covers: ({ ours, theirs }) => theirs && ours.length > 0 && ours.every(({ keyword }) => keyword === 'format'),
  },
];
