import type { CheckReport } from '../../core/check-report.js';
import type { Drift } from '../../core/drift-report.js';
import { parsed } from './answers.js';

/** A request without its prose: prompts differ from seed to seed and cost the same. */
function orderOf(body: string | undefined): string {
  const value = parsed(body);
  if (value === null || typeof value !== 'object') return '';
  const terms = Object.entries(value).filter(([, member]) => typeof member !== 'string' || !/\s/.test(member));
  return JSON.stringify(terms.sort(([one], [other]) => (one < other ? -1 : 1)));
}

type Money = 'cost' | 'reserved';

/** What equal requests cost, by operation, kind of money and request. */
function pricesOf({ journeys = [], exchanges }: CheckReport): ReadonlyMap<string, Set<number>> {
  const bodies = new Map(exchanges.map(({ id, request }) => [id, request.body]));
  const found = new Map<string, Set<number>>();
  for (const journey of journeys)
    for (const money of ['cost', 'reserved'] as const satisfies readonly Money[]) {
      const amount = journey[money];
      if (amount === undefined) continue;
      // A failed task has another price than one that succeeded.
      const end = journey.phases.at(-1)?.phase ?? journey.end;
      const key = JSON.stringify([journey.operation, money, end, orderOf(bodies.get(journey.submit))]);
      found.set(key, (found.get(key) ?? new Set()).add(amount));
    }
  return found;
}

const highest = (amounts: ReadonlySet<number>) => Math.max(...amounts);
const listed = (amounts: ReadonlySet<number>) => [...amounts].sort((one, other) => one - other).join(', ');

/** Equal requests at another price; many with the same two prices are one line. */
export function priceDrift(before: CheckReport, after: CheckReport): Drift[] {
  const old = pricesOf(before);
  const lines = new Map<string, Drift>();
  for (const [key, now] of pricesOf(after)) {
    const was = old.get(key);
    if (was === undefined || [...now].every((amount) => was.has(amount))) continue;
    const [operation, money, end] = JSON.parse(key) as [string, Money, string];
    const isDearer = highest(now) > highest(was);
    const what = money === 'cost' ? 'costs' : 'holds back';
    const drift: Drift = {
      area: 'price',
      severity: isDearer ? 'warning' : 'note',
      operation,
      message: `an equal request (${end}) ${what} ${isDearer ? 'more' : 'another amount'}`,
      before: listed(was),
      after: listed(now),
    };
    lines.set(JSON.stringify(drift), drift);
  }
  return [...lines.values()];
}
