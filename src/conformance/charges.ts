import { takenBy } from './balance.js';
import type { Journey } from './evidence.js';
import { endOf } from './judging.js';

/** Sums of decimal prices. */
const slack = 1e-6;

/** Whether more was taken than was told, which may have been rounded to the places that it shows. */
export function isMore(taken: number, told: number): boolean {
  const places = String(told).split('.')[1]?.length ?? 0;
  return taken > told + Math.max(slack, places === 0 ? 0 : 0.5 / 10 ** places);
}

/** What the answers about a task say that it costs, at most; where they say nothing, what the contract prints. */
function toldCost(journey: Journey): number | undefined {
  const { price } = journey.operation.task;
  const told = endOf(journey)?.view.cost ?? journey.view.reserved;
  return told ?? (price?.per === 'request' ? price.amount : undefined);
}

/** What left the account around a task, and what was told; undefined where one of them is not known. */
export function chargeOf(journey: Journey): { readonly taken: number; readonly told: number } | undefined {
  const taken = journey.balance === undefined ? undefined : takenBy(journey.balance);
  const told = toldCost(journey);
  return taken === undefined || told === undefined ? undefined : { taken, told };
}
