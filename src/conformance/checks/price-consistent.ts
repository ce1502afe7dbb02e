import { getAt, type Json, withoutAt } from '../../core/pointer.js';
import { type Check, type DraftFinding, findingAt, judgement } from '../check.js';
import { tasksOf, unique } from '../contract-facts.js';
import type { Journey, Observation } from '../evidence.js';
import { endOf, hasSucceeded, placeIn } from '../judging.js';
import { showsSuccessCost } from '../price.js';

interface Paid {
  readonly journey: Journey;
  readonly end: Observation;
  readonly cost: number;
  /** What the cost is for: images, or one request. */
  readonly units: number;
}

function paidFor(journey: Journey): Paid[] {
  const end = endOf(journey);
  const cost: unknown = end?.view.cost;
  const per = journey.operation.task.price?.per;
  if (!hasSucceeded(journey) || end === undefined || typeof cost !== 'number' || per === 'token') return [];
  return [{ journey, end, cost, units: per === 'image' ? Math.max(1, journey.results.length) : 1 }];
}

/** Requests that are equal but for how many images they ask for; undefined where the vendor may choose what to bill. */
function groupOf({ journey }: Paid): string | undefined {
  const { request } = journey.operation.task;
  const body = journey.body as Json;
  for (const role of ['size', 'quality'] as const) {
    const pointer = request[role];
    if (pointer !== undefined && [undefined, 'auto'].includes(getAt(body, pointer) as string | undefined))
      return undefined;
  }
  return JSON.stringify(request.count === undefined ? body : withoutAt(body, request.count));
}

/** How far an amount may be off because it was rounded to so many places. */
function rounding(costs: readonly number[]): number {
  const places = Math.max(...costs.map((cost) => String(cost).split('.')[1]?.length ?? 0));
  return 0.5 / 10 ** places;
}

export const priceConsistent: Check = {
  id: 'price-consistent',
  title: 'Equal requests cost the same, and several images what several cost',
  rationale: 'Nobody can plan a budget, or check a bill, when the same request costs something else each time.',
  facts: [],
  covers: (contract) => unique(...tasksOf(contract).map(({ price }) => price?.facts)),
  faults: ['prices-by-chance', 'double-charge'],
  judge(evidence) {
    const groups = new Map<string, Paid[]>();
    for (const paid of evidence.journeys.flatMap(paidFor)) {
      const group = groupOf(paid);
      if (group !== undefined) groups.set(group, [...(groups.get(group) ?? []), paid]);
    }
    const shown = rounding([...groups.values()].flat().map(({ cost }) => cost));
    let observations = 0;
    const findings: DraftFinding[] = [];
    for (const [first, ...others] of groups.values())
      for (const other of first === undefined ? [] : others) {
        if (first === undefined) continue;
        observations += 1;
        const expected = (first.cost / first.units) * other.units;
        const slack = shown * (1 + other.units / first.units) + 1e-9;
        if (Math.abs(other.cost - expected) <= slack) continue;
        findings.push(
          findingAt(evidence, [first.end.sent, other.journey.submit, other.end.sent], {
            facts: unique(other.journey.operation.task.price?.facts),
            pointer: placeIn(other.journey, other.end.sent, 'cost'),
            message: `A request costs ${other.cost} for ${other.units} of what cost ${first.cost} for ${first.units} before`,
            expected: String(expected),
            observed: String(other.cost),
          }),
        );
      }
    return judgement(evidence, observations, findings, {
      probes: ['equal-requests'],
      unseen: 'no two comparable tasks told what they cost',
      absent: showsSuccessCost(evidence.contract) ? undefined : 'answers of this vendor do not show what success costs',
    });
  },
};
