import { readAnswer } from '../../contract/answer-shape.js';
import type { Contract, SubmitOperation } from '../../contract/contract.js';
import type { Operation } from '../../contract/operations.js';
import type { Json } from '../../core/pointer.js';
import { isTerminal, type TaskView } from '../../core/task.js';
import { bodyReader } from '../cases/form-value.js';
import { isIgnored } from '../cases/negatives.js';
import { isAccepted } from '../check.js';
import { unique } from '../contract-facts.js';
import type { Evidence, Journey, Observation, Purpose, ResultObservation, Sent } from '../evidence.js';
import { expectationsOf } from '../expectations.js';
import { bodySchema, contentTypeOf } from '../requests.js';
import { formType } from '../schema.js';

function bodyOf(contract: Contract, submit: SubmitOperation, { exchange, fields }: Sent): unknown {
  if (contentTypeOf(submit) === formType)
    return fields === undefined ? undefined : bodyReader(contract, submit)(fields as Json);
  try {
    return exchange.request.body === undefined ? undefined : JSON.parse(exchange.request.body);
  } catch {
    return undefined;
  }
}

/** What a request was for, in another reading: what breaks a rule in one may be legal in the other. */
function purposeIn(contract: Contract, sent: Sent, operation: Operation | undefined): Purpose {
  const { purpose } = sent;
  const wasLegal = purpose.case === 'valid';
  const isRandom = purpose.case === 'explored' && purpose.refusal !== undefined;
  if (operation?.task === undefined || !(wasLegal || isRandom || purpose.case === 'broken-constraint')) return purpose;
  const submit = operation as SubmitOperation;
  const schema = bodySchema(submit);
  const body = bodyOf(contract, submit, sent);
  if (schema === undefined || body === undefined) return purpose;
  const broken = contract.violations(schema, body);
  const hasNoEffect = isRandom && isIgnored(contract, submit, purpose.pointer ?? '', body as Json);
  if (isRandom) return broken.length === 0 || hasNoEffect ? { ...purpose, case: 'open' } : purpose;
  if (wasLegal === (broken.length === 0)) return purpose;
  const { refusal: _, ...rest } = purpose;
  return wasLegal
    ? {
        ...rest,
        case: 'broken-constraint',
        refusal: ['invalidRequest'],
        facts: unique(...broken.map(({ facts }) => facts)),
      }
    : { ...rest, case: 'valid', facts: unique(purpose.facts, operation.facts) };
}

/** Where the images of a task were not found before, they are known by their addresses alone. */
function resultsIn(journey: Journey, view: TaskView | undefined): readonly ResultObservation[] {
  const known = new Set(journey.results.map(({ where }) => where));
  if (view?.phase !== 'succeeded' || view.results.every(({ url }) => url === undefined || known.has(url)))
    return journey.results;
  return view.results.map(({ url }, index) => ({
    index,
    where: typeof url === 'string' ? url : 'inline',
    fetched: [],
    bytes: 0,
    notFetched: true,
  }));
}

function journeyIn(contract: Contract, journey: Journey, again: (sent: Sent) => Sent): Journey {
  const operation = contract.operations.find(({ id }) => id === journey.operation.id) as SubmitOperation | undefined;
  if (operation?.task === undefined) return journey;
  const { task } = operation;
  const words = task.status?.words;
  const submit = again(journey.submit);
  const view = isAccepted(submit) ? readAnswer(task.answer, submit.json, words) : journey.view;
  const reread = ({ sent, at }: Observation): Observation => ({
    sent: again(sent),
    view: isAccepted(sent) ? readAnswer(task.poll?.answer ?? {}, sent.json, words) : { results: [] },
    at,
  });
  const polls = journey.polls.map(reread);
  const end = polls.find((one) => one.view.phase !== undefined && isTerminal(one.view.phase));
  return {
    ...journey,
    operation,
    submit,
    view,
    polls,
    expects: expectationsOf(contract, operation, journey.body),
    atOnce: { first: journey.atOnce.first.map(reread), last: journey.atOnce.last.map(reread) },
    results: resultsIn(journey, end?.view),
    end: end === undefined ? journey.end : 'terminal',
  };
}

/** What was seen, as another reading of the contract understands it. Nothing is sent. */
export function reread(evidence: Evidence, contract: Contract): Evidence {
  const known = new Map<Sent, Sent>();
  for (const sent of evidence.sent) {
    const operation = contract.operations.find(({ id }) => id === sent.operation?.id);
    known.set(sent, {
      ...sent,
      purpose: purposeIn(contract, sent, operation),
      ...(operation === undefined ? {} : { operation }),
    });
  }
  const again = (sent: Sent) => known.get(sent) ?? sent;
  const before = (operation: Operation) => evidence.contract.operations.find(({ id }) => id === operation.id);
  return {
    ...evidence,
    contract,
    sent: evidence.sent.map(again),
    journeys: evidence.journeys.map((journey) => journeyIn(contract, journey, again)),
    isShown: (operation) => operation !== undefined && evidence.isShown(before(operation)),
  };
}

/** Whether tasks could not be followed as they were understood, although the other reading understands them. */
export function wasLost(before: Evidence, after: Evidence): boolean {
  return before.journeys.some((journey, index) => {
    const now = after.journeys[index];
    if (now === undefined) return false;
    const cut = journey.end === 'without-id' && typeof now.view.id === 'string';
    return cut || journey.end !== now.end || now.results.some(({ notFetched }) => notFetched === true);
  });
}
