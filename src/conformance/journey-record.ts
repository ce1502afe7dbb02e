import type { JourneyRecord } from '../core/check-report.js';
import type { TaskView } from '../core/task.js';
import { takenBy } from './balance.js';
import { estimateOf } from './estimates.js';
import type { Journey, Observation, Sent } from './evidence.js';
import { viewsOf } from './judging.js';

const idOf = ({ exchange }: Sent) => exchange.id;
const idsOf = (observations: readonly Observation[]) => observations.map(({ sent }) => idOf(sent));

function isJson({ exchange }: Sent): boolean {
  return /\bjson\b/i.test(exchange.request.headers['content-type'] ?? '') && exchange.request.body !== undefined;
}

/** The amounts that were told last. */
function moneyOf(views: readonly TaskView[]): Pick<JourneyRecord, 'cost' | 'reserved'> {
  const cost = views.findLast((view) => typeof view.cost === 'number')?.cost;
  const reserved = views.findLast((view) => typeof view.reserved === 'number')?.reserved;
  return { ...(cost === undefined ? {} : { cost }), ...(reserved === undefined ? {} : { reserved }) };
}

/** A journey by the ids of its exchanges, as the report tells of it. */
export function recordJourney(journey: Journey): JourneyRecord {
  const { probe, operation, body, submit, view, polls, atOnce, results, end, calls, balance } = journey;
  const phases: { phase: string; word?: string; at: number }[] = [];
  const views = viewsOf(journey);
  for (const { view: seen, at } of views) {
    if (seen.phase === undefined || phases.at(-1)?.phase === seen.phase) continue;
    phases.push({ phase: seen.phase, at, ...(seen.statusWord === undefined ? {} : { word: String(seen.statusWord) }) });
  }
  const estimate = estimateOf(journey);
  const taken = balance === undefined ? undefined : takenBy(balance);
  return {
    probe,
    operation: operation.id,
    ...(typeof view.id === 'string' ? { taskId: view.id } : {}),
    end,
    submit: idOf(submit),
    polls: idsOf(polls),
    pollsAtOnce: { first: idsOf(atOnce.first), last: idsOf(atOnce.last) },
    downloads: results.map(({ fetched }) => fetched.map(idOf)),
    results: results.map(({ index: _, fetched: __, ...result }) => result),
    ...(isJson(submit) ? {} : { fields: body }),
    ...(balance === undefined
      ? {}
      : {
          balances: {
            before: balance.before.map(({ sent }) => idOf(sent)),
            after: balance.after.map(({ sent }) => idOf(sent)),
          },
        }),
    ...(calls === undefined ? {} : { callbacks: calls.map(({ record }) => record.id) }),
    ...(taken === undefined ? {} : { taken }),
    ...(estimate === undefined ? {} : { estimate }),
    ...moneyOf(views.map(({ view: seen }) => seen)),
    phases,
  };
}
