import { readAnswer } from '../../contract/answer-shape.js';
import type { AsyncTask, ErrorKind } from '../../contract/async-task.js';
import { errorKinds } from '../../contract/async-task.js';
import { getAll, getAt } from '../../core/pointer.js';
import { type Check, type DraftFinding, findingAt, isRefused, judgement } from '../check.js';
import { kindFacts, tasksOf, unique } from '../contract-facts.js';
import type { Evidence, Sent } from '../evidence.js';
import { isOpenRefusal, isServed } from '../judging.js';

/** Judged elsewhere, as a note: nobody promises what an unknown path answers. */
const routes = ['unknown-path', 'wrong-method'];

/** Places of the error's shape that every error must have: fixed values, and a reason in words. */
function missingPlaces(task: AsyncTask, json: unknown): string[] {
  return Object.entries(task.errors.answer).flatMap(([pointer, field]) => {
    if ('value' in field) return JSON.stringify(getAt(json, pointer)) === JSON.stringify(field.value) ? [] : [pointer];
    if (field.from !== 'error.message') return [];
    const message = getAll(json, pointer)[0];
    return typeof message === 'string' && message !== '' ? [] : [pointer];
  });
}

interface Problem {
  readonly message: string;
  readonly pointer: string;
  readonly expected: string;
  readonly observed: string;
}

function pointerOf(task: AsyncTask, source: string): string {
  return Object.entries(task.errors.answer).find(([, field]) => 'from' in field && field.from === source)?.[0] ?? '';
}

/** What an answer lacks to be the contract's answer of one kind. */
function problemsOf(task: AsyncTask, kind: ErrorKind, sent: Sent): Problem[] {
  const stated = task.errors.kinds[kind];
  if (stated === undefined || sent.status === undefined) return [];
  const statuses = unique([String(stated.status)], stated.accept?.map(String));
  if (!statuses.includes(String(sent.status)))
    return [
      {
        message: 'has another status than documented',
        pointer: '',
        expected: `status ${statuses.join(' or ')}`,
        observed: `status ${sent.status}`,
      },
    ];
  // Under another accepted status, other names are right as well.
  if (sent.status !== stated.status) return [];
  const { error } = readAnswer(task.errors.answer, sent.json);
  return (['code', 'type'] as const).flatMap((part) => {
    const wanted = stated[part];
    const pointer = pointerOf(task, `error.${part}`);
    const seen = error?.[part];
    // Where the contract lets a name be left out, its absence is for the schema to judge.
    if (wanted === undefined || pointer === '' || seen === undefined || seen === wanted) return [];
    return [
      {
        message: `has another ${part} than documented`,
        pointer,
        expected: JSON.stringify(wanted),
        observed: JSON.stringify(seen),
      },
    ];
  });
}

function judgeOne(evidence: Evidence, task: AsyncTask, sent: Sent): DraftFinding | undefined {
  const kinds = (sent.purpose.refusal ?? []).filter((kind) => task.errors.kinds[kind] !== undefined);
  const missing = missingPlaces(task, sent.json);
  const facts = kindFacts(evidence.contract, kinds);
  if (missing.length > 0)
    return findingAt(evidence, sent, {
      facts: unique(facts.length > 0 ? facts : kindFacts(evidence.contract, ['invalidRequest'])),
      message: `A refusal with ${sent.status} does not have the documented shape of an error`,
      pointer: missing[0] ?? '',
      expected: `something at ${Object.keys(task.errors.answer).join(', ')}`,
      observed: sent.exchange.answer?.body?.slice(0, 200) ?? 'no text',
    });
  const byKind = kinds.map((kind) => ({ kind, problems: problemsOf(task, kind, sent) }));
  if (byKind.length === 0 || byKind.some(({ problems }) => problems.length === 0)) return undefined;
  const best = byKind.find(({ problems }) => problems[0]?.pointer !== '') ?? byKind[0];
  const problem = best?.problems[0];
  if (best === undefined || problem === undefined) return undefined;
  return findingAt(evidence, sent, {
    facts: kindFacts(evidence.contract, [best.kind]),
    message: `The refusal of a request ${sent.purpose.what} ${problem.message}`,
    pointer: problem.pointer,
    expected: problem.expected,
    observed: problem.observed,
  });
}

export const errorEnvelope: Check = {
  id: 'error-envelope',
  title: 'Each refusal has the documented shape, status and names',
  rationale: 'Clients look for the reason where the page says that it stands, and decide by it whether to try again.',
  facts: [],
  covers: (contract) => kindFacts(contract, errorKinds),
  faults: ['wrong-error-envelope'],
  codes: ['F200'],
  judge(evidence) {
    const task = tasksOf(evidence.contract)[0];
    const judged = evidence.sent.filter(
      (sent) =>
        sent.purpose.refusal !== undefined &&
        isRefused(sent) &&
        sent.status !== 429 &&
        isServed(evidence, sent) &&
        !isOpenRefusal(sent) &&
        !routes.includes(sent.purpose.case),
    );
    const findings = task === undefined ? [] : judged.flatMap((sent) => judgeOne(evidence, task, sent) ?? []);
    return judgement(evidence, judged.length, findings, { probes: [], unseen: 'nothing was refused' });
  },
};
