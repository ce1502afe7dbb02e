import type { CheckReport } from '../../core/check-report.js';
import type { Drift } from '../../core/drift-report.js';
import { isTerminal, type Phase } from '../../core/task.js';

/** The words of a run by operation and phase. */
function wordsOf({ journeys = [] }: CheckReport): ReadonlyMap<string, ReadonlyMap<string, Set<string>>> {
  const found = new Map<string, Map<string, Set<string>>>();
  for (const { operation, phases } of journeys)
    for (const { phase, word } of phases) {
      if (word === undefined) continue;
      const byPhase = found.get(operation) ?? new Map<string, Set<string>>();
      found.set(operation, byPhase);
      byPhase.set(phase, (byPhase.get(phase) ?? new Set()).add(word));
    }
  return found;
}

/** Status words that are new or gone: a client that waits for the old word of an end waits for ever. */
export function wordDrift(before: CheckReport, after: CheckReport): Drift[] {
  const old = wordsOf(before);
  return [...wordsOf(after)].flatMap(([operation, phases]) =>
    [...phases].flatMap(([phase, now]): Drift[] => {
      const was = old.get(operation)?.get(phase);
      if (was === undefined) return [];
      const fresh = [...now].filter((word) => !was.has(word));
      const gone = [...was].filter((word) => !now.has(word));
      if (fresh.length === 0 && gone.length === 0) return [];
      const severity = fresh.length === 0 ? 'note' : isTerminal(phase as Phase) ? 'error' : 'warning';
      const message = fresh.length === 0 ? `a word for ${phase} was not seen any more` : `another word for ${phase}`;
      return [{ area: 'words', severity, operation, message, before: [...was].join(', '), after: [...now].join(', ') }];
    }),
  );
}
