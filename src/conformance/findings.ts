import type { Finding } from '../core/check-report.js';
import type { DraftFinding } from './check.js';
import { toCurl } from './curl.js';
import type { Evidence } from './evidence.js';

const mostExchanges = 5;

/** Weighs the findings of one check and folds those into one that break the same facts at the same place. */
export function weigh(
  check: string,
  drafts: readonly DraftFinding[],
  { contract, sent }: Evidence,
  redact: (text: string) => string,
): Finding[] {
  const groups = new Map<string, DraftFinding[]>();
  for (const draft of drafts) {
    const key = JSON.stringify([draft.pointer, draft.operation, draft.facts]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [draft]);
    else group.push(draft);
  }
  return [...groups.values()].flatMap((group): Finding[] => {
    const [first] = group;
    if (first === undefined) return [];
    const others = new Set(group.map(({ message }) => message)).size - 1;
    const decisive = first.exchanges.at(-1);
    const ids = [...new Set([...first.exchanges, ...group.slice(1).map(({ exchanges }) => exchanges.at(-1) ?? '')])];
    const request = sent.find(({ exchange }) => exchange.id === decisive)?.exchange.request;
    const { expected, observed } = first;
    return [
      {
        check,
        severity: contract.severityOf(
          first.facts,
          group.some(({ shown }) => shown === true),
        ),
        ledger: first.facts,
        operation: redact(first.operation),
        message: redact(others > 0 ? `${first.message} (and ${others} more like it)` : first.message),
        pointer: first.pointer,
        evidence: {
          exchanges: ids.filter((id) => id !== '').slice(0, Math.max(mostExchanges, first.exchanges.length)),
          ...(expected === undefined ? {} : { expected: redact(expected) }),
          ...(observed === undefined ? {} : { observed: redact(observed) }),
        },
        curl: request === undefined ? '' : toCurl(request),
      },
    ];
  });
}
