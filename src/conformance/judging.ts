import { placeOf } from '../contract/answer-shape.js';
import type { Contract } from '../contract/contract.js';
import { isTerminal, type TaskResult, type TaskView } from '../core/task.js';
import { answerOf, type DraftFinding, findingAt, isAccepted, isRefused, type Judgement, judgement } from './check.js';
import { tasksOf, unique } from './contract-facts.js';
import type { Case, Evidence, Journey, Observation, Sent } from './evidence.js';
import type { Expectations, Expected } from './expectations.js';
import { factsBelow } from './schema.js';

export function sentFor(evidence: Evidence, ...cases: readonly Case[]): Sent[] {
  return evidence.sent.filter(({ purpose }) => cases.includes(purpose.case));
}

/** Answers of journeys that tell of a task, those of the submit first. */
export function viewsOf(journey: Journey): Observation[] {
  const first = isAccepted(journey.submit)
    ? [{ sent: journey.submit, view: journey.view, at: journey.submit.exchange.finishedAt }]
    : [];
  return [...first, ...journey.polls.filter(({ sent }) => isAccepted(sent))];
}

/** The answer with which a task ended, as it was first seen. */
export function endOf(journey: Journey): Observation | undefined {
  if (journey.operation.task.mode === 'sync') return viewsOf(journey)[0];
  return journey.polls.find(({ view }) => view.phase !== undefined && isTerminal(view.phase));
}

export function hasSucceeded(journey: Journey): boolean {
  if (journey.operation.task.mode === 'sync') return isAccepted(journey.submit) && journey.submit.json !== undefined;
  return endOf(journey)?.view.phase === 'succeeded';
}

export function isPolled(contract: Contract): boolean {
  return tasksOf(contract).some(({ mode }) => mode === 'poll');
}

export const pollingOnly = 'this vendor answers at once: there is nothing to poll';

/** Probes whose journeys may show how a task goes. */
export const taskProbes = [
  'baseline',
  'variants',
  'documented-examples',
  'unicode-prompt',
  'unknown-field',
  'clamps',
  'boundaries',
  'parallel-polls',
];

/** Where the contract puts something in an answer about a task; empty where it names no place. */
export function placeIn({ operation, submit }: Journey, sent: Sent, source: string): string {
  const { task } = operation;
  return placeOf((sent === submit ? task.answer : task.poll?.answer) ?? {}, source);
}

/** A URL that is signed anew at each poll still leads to the same file: only what stands before the query counts. */
function fileOf({ url, b64 }: TaskResult): string | undefined {
  return typeof url === 'string' ? url.replace(/[?#].*$/s, '') : b64;
}

/** What a task keeps once it has ended. */
export function keptView(view: TaskView): Readonly<Record<string, unknown>> {
  return { status: view.statusWord, results: view.results.map(fileOf), error: view.error, cost: view.cost };
}

/** A throttled request, or one without an answer, says nothing of what is behind it. */
const notServed = [404, 405, 501, 429, 0];

/**
 * Whether a server has an operation at all. Only pages beside the vendor's own speak of some operations; a server that
 * answers all their requests with 404 does not have them, and nothing else can be judged of it.
 */
export function isServed({ contract, sent }: Evidence, { operation }: Sent): boolean {
  if (operation === undefined || operation.task !== undefined || operation === contract.poll) return true;
  if (contract.severityOf(operation.facts) === 'error') return true;
  return sent.some((one) => one.operation === operation && !notServed.includes(one.status ?? 0));
}

/** A refusal of what pages leave open: whatever it looks like, a gate before the server may have spoken. */
export function isOpenRefusal(sent: Sent): boolean {
  return sent.purpose.case === 'open' && isRefused(sent);
}

/** Judges that requests of some cases are refused: any 4xx will do, or only the statuses given. */
export function judgeRefusals(
  evidence: Evidence,
  cases: readonly Case[],
  probes: readonly string[],
  rule: { readonly expected: string; readonly isRight?: (sent: Sent) => boolean },
): Judgement {
  const isRight = rule.isRight ?? isRefused;
  const judged = sentFor(evidence, ...cases).filter(
    (sent) => sent.status !== undefined && sent.status !== 429 && isServed(evidence, sent),
  );
  const findings = judged
    .filter((sent) => !isRight(sent))
    .map((sent) =>
      findingAt(evidence, sent, {
        facts: sent.purpose.facts,
        message: `A request ${sent.purpose.what} is ${isAccepted(sent) ? 'accepted' : `answered ${sent.status}`}`,
        pointer: sent.purpose.pointer ?? '',
        expected: rule.expected,
        observed: answerOf(sent),
      }),
    );
  return judgement(evidence, judged.length, findings, { probes, unseen: 'no such request was answered' });
}

/** The exchanges that show a delivered image, the download last. */
export function shownBy(journey: Journey, index: number): Sent[] {
  const end = endOf(journey);
  const fetched = journey.results[index]?.fetched ?? [];
  return [journey.submit, ...(end === undefined || end.sent === journey.submit ? [] : [end.sent]), ...fetched];
}

type ByteRole = 'size' | 'format' | 'alpha';

/** What the bytes of an image show for a role; undefined where the file does not tell. */
function seen(role: ByteRole, image: NonNullable<Journey['results'][number]['image']>): string | undefined {
  if (role === 'size') return `${image.width}x${image.height}`;
  if (role === 'format') return image.format;
  const alpha = image.transparentPixel ?? image.alphaChannel;
  return alpha ? 'true' : 'false';
}

/** Compares what the delivered bytes show with what the request and the contract promise. */
export function judgeBytes(
  evidence: Evidence,
  role: ByteRole,
  because: readonly Expected<unknown>['because'][],
  wording: (expected: string, observed: string, pointer: string) => string,
): { readonly observations: number; readonly findings: DraftFinding[] } {
  let observations = 0;
  const findings: DraftFinding[] = [];
  for (const journey of evidence.journeys.filter(hasSucceeded)) {
    const expected: Expectations[ByteRole] = journey.expects[role];
    if (expected === undefined || !because.includes(expected.because)) continue;
    for (const { image, index } of journey.results) {
      const observed = image === undefined ? undefined : seen(role, image);
      if (observed === undefined) continue;
      observations += 1;
      const wanted = String(expected.value);
      if (observed === wanted) continue;
      findings.push(
        findingAt(evidence, shownBy(journey, index), {
          facts: expected.facts,
          message: wording(wanted, observed, expected.pointer),
          pointer: expected.pointer,
          expected: wanted,
          observed,
        }),
      );
    }
  }
  return { observations, findings };
}

/** Facts that the contract states about what is delivered. */
export function deliveryFacts(
  contract: Contract,
  ...which: ('size' | 'format' | 'count' | 'alpha' | 'bytes')[]
): string[] {
  return unique(...tasksOf(contract).flatMap(({ delivery }) => which.map((one) => delivery.facts?.[one])));
}

/** Facts anywhere in the answers of the operations. */
export function answerFacts(contract: Contract): string[] {
  return unique(
    ...contract.operations.flatMap(({ responses }) =>
      Object.values(responses).flatMap(({ facts, content }) => [
        facts,
        ...Object.values(content).map((schema) => (schema === undefined ? [] : factsBelow(contract.document, schema))),
      ]),
    ),
  );
}

/** Facts anywhere in the requests of the operations that submit. */
export function requestFacts(contract: Contract): string[] {
  return unique(
    ...contract.operations
      .filter(({ task }) => task !== undefined)
      .flatMap(({ request }) =>
        Object.values(request).map((schema) => (schema === undefined ? [] : factsBelow(contract.document, schema))),
      ),
  );
}
