import { readAnswer } from '../../contract/answer-shape.js';
import type { Contract, SubmitOperation } from '../../contract/contract.js';
import type { CallbackRecord, JourneyRecord } from '../../core/check-report.js';
import type { Exchange } from '../../core/exchange.js';
import { readText } from '../answer-text.js';
import { balanceIn } from '../balance.js';
import type { CallbackSeen } from '../callback-desk.js';
import { isAccepted } from '../check.js';
import { submitsOf } from '../contract-facts.js';
import type { Credential, Evidence, Journey, JourneyEnd, Observation, Purpose, Sent } from '../evidence.js';
import { expectationsOf } from '../expectations.js';
import { shownIn } from '../shown-operations.js';
import type { Recording } from './recording.js';

const unknownPurpose: Purpose = { case: 'reachability', what: 'of unknown purpose', facts: [] };

/** Whether all of an answer was kept; of files the facts of the image are enough. */
function isWhole({ answer }: Exchange): boolean {
  return answer === undefined || answer.bytes === 0 || answer.body !== undefined || answer.image !== undefined;
}

function sentOf(contract: Contract, exchange: Exchange): Sent {
  const { answer } = exchange;
  const operation = contract.operations.find(({ id }) => id === exchange.operation);
  return {
    exchange,
    // The words were written by a recorder of ours; what no check knows is judged by none.
    purpose: (exchange.purpose as Purpose | undefined) ?? unknownPurpose,
    credential: (exchange.credential as Credential | undefined) ?? 'key',
    ...(operation === undefined ? {} : { operation }),
    ...(answer === undefined
      ? {}
      : { status: answer.status, ...readText(answer.headers['content-type'], answer.body) }),
  };
}

function bodyOf(record: JourneyRecord, { exchange }: Sent): unknown {
  return 'fields' in record ? record.fields : readText('application/json', exchange.request.body).json;
}

/** A journey from its exchanges; undefined where one that matters was not kept, or the contract knows no such submit. */
function journeyOf(
  contract: Contract,
  record: JourneyRecord,
  sent: ReadonlyMap<string, Sent>,
  calls: ReadonlyMap<string, CallbackSeen>,
): Journey | undefined {
  const operation = submitsOf(contract).find(({ id }) => id === record.operation);
  const submit = sent.get(record.submit);
  if (operation === undefined || submit === undefined) return undefined;
  const asked = [...record.polls, ...record.pollsAtOnce.first, ...record.pollsAtOnce.last];
  if (asked.some((id) => !sent.has(id))) return undefined;
  const found = (ids: readonly string[]) => ids.flatMap((id) => sent.get(id) ?? []);
  const body = bodyOf(record, submit);
  const { balances, callbacks } = record;
  const readings = (ids: readonly string[]) => found(ids).flatMap((one) => balanceIn(contract, one) ?? []);
  return {
    probe: record.probe,
    operation,
    body,
    expects: expectationsOf(contract, operation, body),
    submit,
    view: isAccepted(submit)
      ? readAnswer(operation.task.answer, submit.json, operation.task.status?.words)
      : { results: [] },
    polls: found(record.polls).map((one) => observed(operation, one)),
    atOnce: {
      first: found(record.pollsAtOnce.first).map((one) => observed(operation, one)),
      last: found(record.pollsAtOnce.last).map((one) => observed(operation, one)),
    },
    results: record.results.map((result, index) => ({
      index,
      fetched: found(record.downloads[index] ?? []),
      ...result,
    })),
    end: record.end as JourneyEnd,
    ...(callbacks === undefined ? {} : { calls: callbacks.flatMap((id) => calls.get(id) ?? []) }),
    ...(balances === undefined
      ? {}
      : { balance: { before: readings(balances.before), after: readings(balances.after) } }),
  };
}

function callOf(record: CallbackRecord): CallbackSeen {
  const { json } = readText('application/json', record.body);
  return { record, body: Buffer.from(record.body ?? ''), ...(json === undefined ? {} : { json }) };
}

function observed({ task }: SubmitOperation, sent: Sent): Observation {
  const view = isAccepted(sent) ? readAnswer(task.poll?.answer ?? {}, sent.json, task.status?.words) : { results: [] };
  return { sent, view, at: sent.exchange.finishedAt };
}

export interface Rebuilt {
  readonly evidence: Evidence;
  readonly callbacks: readonly CallbackSeen[];
  /** Exchanges whose answers were too long to be kept: nothing can be said about them. */
  readonly notKept: number;
}

/** What a run saw, out of what was recorded of it: the same checks judge it as if it had just been sent. */
export function rebuildEvidence(contract: Contract, recording: Recording): Rebuilt {
  const whole = recording.exchanges.filter(isWhole);
  const sent = whole.map((exchange) => sentOf(contract, exchange));
  const byId = new Map(sent.map((one) => [one.exchange.id, one]));
  const calls = new Map((recording.callbacks ?? []).map((record) => [record.id, callOf(record)]));
  return {
    callbacks: [...calls.values()],
    notKept: recording.exchanges.length - whole.length,
    evidence: {
      contract,
      depth: recording.depth ?? 'recording',
      sent,
      journeys: (recording.journeys ?? []).flatMap((record) => journeyOf(contract, record, byId, calls) ?? []),
      probes: new Map((recording.probes ?? []).map((probe) => [probe.id, probe])),
      isShown: shownIn(contract, sent),
    },
  };
}
