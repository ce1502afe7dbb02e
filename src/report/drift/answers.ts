import type { CheckReport, JourneyRecord } from '../../core/check-report.js';
import type { Exchange } from '../../core/exchange.js';

/** An answer that is JSON, with what it tells of. */
export interface JsonAnswer {
  readonly exchange: Exchange;
  readonly json: unknown;
  /** Of the task, where it tells of one. */
  readonly phase?: string;
}

export function parsed(text: string | undefined): unknown {
  if (text === undefined || !/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function phaseAt({ phases }: JourneyRecord, at: number): string | undefined {
  return phases.findLast((seen) => seen.at <= at)?.phase;
}

/** The phase of the task that an exchange asked about, by the exchange's id. */
function phasesByPoll({ journeys = [], exchanges }: CheckReport): ReadonlyMap<string, string> {
  const ends = new Map(exchanges.map(({ id, finishedAt }) => [id, finishedAt]));
  return new Map(
    journeys.flatMap((journey) =>
      journey.polls.flatMap((id): [string, string][] => {
        const phase = phaseAt(journey, ends.get(id) ?? 0);
        return phase === undefined ? [] : [[id, phase]];
      }),
    ),
  );
}

/** Answers of a run by what they are: `getTask 200 (succeeded)`. */
export function answersByKind(report: CheckReport): ReadonlyMap<string, JsonAnswer[]> {
  const phases = phasesByPoll(report);
  const found = new Map<string, JsonAnswer[]>();
  for (const exchange of report.exchanges) {
    const json = parsed(exchange.answer?.body);
    // What chance asked for differs from seed to seed, and so do the answers to it.
    if (exchange.operation === undefined || json === undefined || exchange.purpose?.case === 'explored') continue;
    const phase = phases.get(exchange.id);
    const kind = `${exchange.operation} ${exchange.answer?.status}${phase === undefined ? '' : ` (${phase})`}`;
    const known = found.get(kind);
    const one = { exchange, json, ...(phase === undefined ? {} : { phase }) };
    if (known === undefined) found.set(kind, [one]);
    else known.push(one);
  }
  return found;
}
