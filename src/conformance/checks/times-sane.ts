import { type Check, type DraftFinding, findingAt, judgement } from '../check.js';
import { orElse, unique } from '../contract-facts.js';
import type { Journey, Observation } from '../evidence.js';
import { placeIn, taskProbes, viewsOf } from '../judging.js';

/** Clocks differ; what is further off is another unit or another time zone. */
const skewMs = 15 * 60_000;
/** A moment in whole seconds may be cut off or rounded. */
const roundingMs = 1000;

function answerFacts({ operation }: Journey, { sent }: Observation): readonly string[] {
  const asked = sent.operation ?? operation;
  return orElse(unique(asked.responses[String(sent.status)]?.facts), orElse(asked.facts, ['H12']));
}

interface Problem {
  readonly source: string;
  readonly message: string;
  readonly expected: string;
  readonly observed: number;
}

/** What is wrong with the moments of one answer. */
function problemsOf({ submit }: Journey, { view, at }: Observation, before: Observation | undefined): Problem[] {
  const { createdAt, finishedAt } = view;
  const found: Problem[] = [];
  const earliest = submit.exchange.startedAt;
  if (createdAt !== undefined && (createdAt < earliest - skewMs || createdAt > at + skewMs))
    found.push({
      source: 'createdAt',
      message: 'The moment of creation is not that of the submit',
      expected: `about ${new Date(earliest).toISOString()}`,
      observed: createdAt,
    });
  const slack = before?.sent === submit ? roundingMs : 0;
  const first = before?.view.createdAt;
  if (createdAt !== undefined && first !== undefined && Math.abs(createdAt - first) > slack)
    found.push({
      source: 'createdAt',
      message: 'The moment of creation changes',
      expected: new Date(first).toISOString(),
      observed: createdAt,
    });
  if (finishedAt === undefined) return found;
  if (finishedAt > at + skewMs || finishedAt < (createdAt ?? earliest - skewMs) - roundingMs)
    found.push({
      source: 'finishedAt',
      message: 'A task has ended before it began or in the future',
      expected: `between creation and ${new Date(at).toISOString()}`,
      observed: finishedAt,
    });
  return found;
}

function shown(moment: number): string {
  return Number.isFinite(moment) && Math.abs(moment) < 8.64e15 ? new Date(moment).toISOString() : String(moment);
}

export const timesSane: Check = {
  id: 'times-sane',
  title: 'Moments make sense and stay what they are',
  rationale: 'Whoever sorts, expires or bills tasks by their moments does so wrongly, by a day or by fifty years.',
  facts: ['H12'],
  faults: ['moves-creation'],
  judge(evidence) {
    let observations = 0;
    const findings: DraftFinding[] = [];
    for (const journey of evidence.journeys) {
      let before: Observation | undefined;
      for (const observation of viewsOf(journey)) {
        const { view, sent } = observation;
        if (view.createdAt === undefined && view.finishedAt === undefined) continue;
        observations += 1;
        for (const { source, message, expected, observed } of problemsOf(journey, observation, before))
          findings.push(
            findingAt(evidence, before === undefined ? sent : [before.sent, sent], {
              facts: answerFacts(journey, observation),
              pointer: placeIn(journey, sent, source),
              message,
              expected,
              observed: shown(observed),
            }),
          );
        // The first poll is what later polls are compared with; the submit may have told a rounded moment.
        if (view.createdAt !== undefined && (before === undefined || before.sent === journey.submit))
          before = observation;
      }
    }
    return judgement(evidence, observations, findings, { probes: taskProbes, unseen: 'no answer told a moment' });
  },
};
