import { readAnswer } from '../../contract/answer-shape.js';
import type { Contract, SubmitOperation } from '../../contract/contract.js';
import type { JourneyRecord, ResultRecord } from '../../core/check-report.js';
import type { Exchange, RecordedPurpose } from '../../core/exchange.js';
import { isTerminal, type TaskResult, type TaskView } from '../../core/task.js';
import { readText } from '../answer-text.js';
import { keyFacts, unique } from '../contract-facts.js';
import { isNode, jsonType, requestSchema } from '../schema.js';
import { createMatcher, type Match } from './match-operation.js';
import type { Recording } from './recording.js';

interface Seen {
  readonly exchange: Exchange;
  readonly match: Match | undefined;
}

function isAccepted({ answer }: Exchange): boolean {
  return answer !== undefined && answer.status >= 200 && answer.status < 300;
}

function isSubmit(operation: Match['operation'] | undefined): operation is SubmitOperation {
  return operation?.task !== undefined;
}

function jsonOf({ answer }: Exchange): unknown {
  return readText(answer?.headers['content-type'], answer?.body).json;
}

/** Why somebody may have sent a submit: a body that the contract forbids was a mistake, and its refusal is right. */
function submitPurpose(contract: Contract, operation: SubmitOperation, { request }: Exchange): RecordedPurpose {
  const schema = requestSchema(operation, jsonType);
  const body = readText(jsonType, request.body).json;
  const violations = schema === undefined || !isNode(body) ? [] : contract.violations(schema, body);
  const [first] = violations;
  if (first === undefined) return { case: 'valid', what: 'of the recording', facts: operation.facts };
  const facts = unique(...violations.map((one) => one.facts));
  const pointer = first.pointer;
  // Only what the page surely refuses can be held against a server that accepts it.
  if (contract.severityOf(facts) !== 'error')
    return { case: 'reachability', what: 'that breaks a doubtful rule', facts };
  return {
    case: 'broken-constraint',
    what: `whose ${pointer} breaks the contract`,
    facts,
    pointer,
    refusal: ['invalidRequest'],
  };
}

/** The purpose of a request whose sender cannot be asked. */
function purposeOf(contract: Contract, { exchange, match }: Seen): RecordedPurpose {
  if (match === undefined)
    return {
      case: exchange.answer?.image === undefined ? 'reachability' : 'result',
      what: 'of the recording',
      facts: [],
    };
  const { operation } = match;
  if (operation.secured && exchange.answer?.status === 401)
    return { case: 'unknown-key', what: 'that was turned away', facts: keyFacts(contract), refusal: ['unauthorized'] };
  if (isSubmit(operation)) return submitPurpose(contract, operation, exchange);
  if (operation.id === contract.poll?.id && isAccepted(exchange))
    return { case: 'poll', what: 'for a task', facts: operation.facts };
  return { case: 'reachability', what: 'of the recording', facts: operation.facts };
}

function resultOf(result: TaskResult, download: Exchange | undefined): ResultRecord {
  const where = result.url ?? 'inline';
  const answer = download?.answer;
  if (answer === undefined) return { where, bytes: 0, problem: 'the recording does not hold it', notFetched: true };
  const contentType = answer.headers['content-type'];
  const { bytes, image } = answer;
  const common = { where, bytes, ...(contentType === undefined ? {} : { contentType }) };
  return image === undefined
    ? { ...common, problem: 'its bytes were not kept', notFetched: true }
    : { ...common, image };
}

/** The tasks in a recording: a submit that was accepted, the questions for its id, the downloads of its results. */
function journeysIn(seen: readonly Seen[]): JourneyRecord[] {
  return seen.flatMap(({ exchange: submit, match }): JourneyRecord[] => {
    if (match === undefined || !isSubmit(match.operation) || !isAccepted(submit)) return [];
    const { operation } = match;
    const { task } = operation;
    const words = task.status?.words;
    const first = readAnswer(task.answer, jsonOf(submit), words);
    const place = task.poll?.id.name ?? '';
    const polls = seen.filter(
      (one) =>
        one.match?.operation.id === task.poll?.operation &&
        first.id !== undefined &&
        one.match?.values.get(place) === first.id,
    );
    const views: { view: TaskView; at: number }[] = [
      { view: first, at: submit.finishedAt },
      ...polls.map(({ exchange }) => ({
        view: isAccepted(exchange) ? readAnswer(task.poll?.answer ?? {}, jsonOf(exchange), words) : { results: [] },
        at: exchange.finishedAt,
      })),
    ];
    const end = views.find(({ view }) => view.phase !== undefined && isTerminal(view.phase))?.view;
    const results = (task.mode === 'sync' ? first : end)?.results ?? [];
    const downloads = results.map(
      ({ url }) => seen.find(({ exchange }) => exchange.request.url === url && isAccepted(exchange))?.exchange,
    );
    return [
      {
        probe: 'recording',
        operation: operation.id,
        ...(typeof first.id === 'string' ? { taskId: first.id } : {}),
        // A recording that stops before its tasks do is no sign that they never end.
        end: task.mode === 'sync' || end !== undefined ? 'terminal' : 'unreadable',
        submit: submit.id,
        polls: polls.map(({ exchange }) => exchange.id),
        pollsAtOnce: { first: [], last: [] },
        downloads: downloads.map((download) => (download === undefined ? [] : [download.id])),
        results: results.map((result, index) => resultOf(result, downloads[index])),
        phases: views.flatMap(({ view, at }) => (view.phase === undefined ? [] : [{ phase: view.phase, at }])),
      },
    ];
  });
}

/** Reads out of traffic of others what a recorder of ours would have written down: purposes and journeys. */
export function understand(contract: Contract, recording: Recording): Recording {
  if (recording.journeys !== undefined) return recording;
  const match = createMatcher(contract);
  const seen = recording.exchanges.map(
    (exchange): Seen => ({ exchange, match: match(exchange.request.method, exchange.request.url) }),
  );
  const exchanges = seen.map(({ exchange, match: found }, index) => ({
    ...exchange,
    ...(found === undefined ? {} : { operation: found.operation.id }),
    purpose: exchange.purpose ?? purposeOf(contract, seen[index] as Seen),
    credential: exchange.credential ?? 'key',
  }));
  return { ...recording, exchanges, journeys: journeysIn(seen) };
}
