import type { CheckReport, JourneyRecord } from '../../core/check-report.js';
import { exchangesById } from '../decisive-exchange.js';

const mostTimelines = 60;

/** Where the timeline of a task stands on the page, and what the task is called. */
export interface TaskAnchor {
  readonly anchor: string;
  readonly name: string;
}

/** Ids of exchanges come from report files, too: only what an address can hold of them is kept. */
export function anchorOf({ submit }: JourneyRecord): string {
  return `task-${submit.replaceAll(/[^\w-]/g, '').slice(0, 40)}`;
}

/** Whether a finding speaks of a task. */
export function citedBy({ findings }: CheckReport): (journey: JourneyRecord) => boolean {
  const cited = new Set(findings.flatMap(({ evidence }) => evidence.exchanges));
  return (journey) => exchangesOf(journey).some((id) => cited.has(id));
}

function exchangesOf({ submit, polls, downloads = [], pollsAtOnce }: JourneyRecord): string[] {
  return [submit, ...polls, ...downloads.flat(), ...(pollsAtOnce?.first ?? []), ...(pollsAtOnce?.last ?? [])];
}

/** Tasks that have a timeline: first those that findings speak of, then those that went on, last the refused ones. */
export function shownJourneys(report: CheckReport): JourneyRecord[] {
  const held = exchangesById(report.exchanges);
  const isCited = citedBy(report);
  const rank = (journey: JourneyRecord) => (isCited(journey) ? 0 : journey.phases.length > 0 ? 1 : 2);
  return (report.journeys ?? [])
    .filter(({ submit }) => held.has(submit))
    .toSorted((one, other) => rank(one) - rank(other))
    .slice(0, mostTimelines);
}

/** The timeline that an exchange belongs to, by the exchange's id. */
export function taskAnchors(report: CheckReport): ReadonlyMap<string, TaskAnchor> {
  return new Map(
    shownJourneys(report).flatMap((journey) => {
      const place = { anchor: anchorOf(journey), name: journey.taskId ?? journey.submit };
      return exchangesOf(journey).map((id) => [id, place] as const);
    }),
  );
}
