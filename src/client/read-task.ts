import { placeOf, readAnswer, type StatusWords } from '../contract/answer-shape.js';
import type { AnswerShape } from '../contract/async-task.js';
import type { Contract, SubmitOperation } from '../contract/contract.js';
import type { Phase, TaskError, TaskResult, TaskView } from '../core/task.js';
import { ContractBrokenError } from './errors/contract-broken-error.js';
import { UnsupportedError } from './errors/unsupported-error.js';
import { costOf } from './result-facts.js';
import type { TaskFacts, TaskState } from './task-state.js';

/** A view whose status word the contract knows. */
export type KnownView = TaskView & { readonly phase: Phase };

/** Reads an answer of the poll operation; throws a `ContractBrokenError` where the status word cannot be understood. */
export function readKnownView(
  answer: AnswerShape,
  words: StatusWords,
  body: unknown,
  clean: (text: string) => string,
  taskId?: string,
): KnownView {
  const view = readAnswer(answer, body, words);
  const { phase, statusWord } = view;
  if (phase !== undefined) return { ...view, phase };
  const known = `it should be one of ${Object.keys(words).join(', ')}`;
  const seen = clean((JSON.stringify(statusWord) ?? '').slice(0, 100));
  const problem = statusWord === undefined ? 'there is no status' : `the status word ${seen} is unknown`;
  throw new ContractBrokenError(placeOf(answer, 'status'), `${problem}; ${known}`, taskId);
}

/** Only what has the type that it should have: answers are not to be trusted. */
function errorOf({ error }: TaskView, clean: (text: string) => string): TaskError {
  const { code, type, message } = error ?? {};
  return {
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(typeof type === 'string' ? { type } : {}),
    ...(typeof message === 'string' ? { message: clean(message) } : {}),
  };
}

function factsOf(operation: SubmitOperation, view: KnownView, raw: unknown, taskId?: string): TaskFacts {
  const id = typeof view.id === 'string' ? view.id : taskId;
  const numbers = (['progress', 'createdAt', 'finishedAt', 'etaSeconds'] as const).flatMap((name) =>
    typeof view[name] === 'number' ? [[name, view[name]] as const] : [],
  );
  return {
    ...(id === undefined ? {} : { taskId: id }),
    statusWord: String(view.statusWord),
    ...Object.fromEntries(numbers),
    ...costOf(operation, view.cost),
    raw,
  };
}

/**
 * What an answer says, told apart by phase. `toResults` makes the results of a success, and throws where there are none.
 */
export function toTaskState<Result>(
  operation: SubmitOperation,
  view: KnownView,
  raw: unknown,
  toResults: (view: KnownView) => readonly [Result, ...Result[]],
  { taskId, clean = (text) => text }: { readonly taskId?: string; readonly clean?: (text: string) => string } = {},
): TaskState<Result> {
  const { phase } = view;
  const facts = factsOf(operation, view, raw, taskId);
  if (phase === 'succeeded') return { ...facts, phase, results: toResults(view) };
  if (phase === 'failed') return { ...facts, phase, error: errorOf(view, clean) };
  if (phase === 'cancelled') return { ...facts, phase, ...(view.error ? { error: errorOf(view, clean) } : {}) };
  return { ...facts, phase };
}

function isResult({ url, b64 }: TaskResult): boolean {
  return typeof url === 'string' || typeof b64 === 'string';
}

/**
 * Reads an answer of the vendor's poll operation, wherever it came from (the typed client, a webhook, a file). Throws a
 * `ContractBrokenError` with the place for an unknown status word and for a success without results, an
 * `UnsupportedError` for a vendor that has no tasks.
 */
export function readTask(contract: Contract, answer: unknown): TaskState {
  const operation = contract.submit;
  const shape = operation?.task.poll?.answer;
  if (operation === undefined || shape === undefined)
    throw new UnsupportedError(contract.id, 'readTask', 'it answers at once and has no tasks to read');
  const view = readKnownView(shape, operation.task.status?.words ?? {}, answer, (text) => text);
  return toTaskState(operation, view, answer, ({ results, id }) => {
    const [first, ...others] = results;
    const place = placeOf(shape, 'result.url') || placeOf(shape, 'result.b64');
    const taskId = typeof id === 'string' ? id : undefined;
    if (first === undefined) throw new ContractBrokenError(place, 'success without a result', taskId);
    const wrong = results.findIndex((result) => !isResult(result));
    if (wrong >= 0)
      throw new ContractBrokenError(place.replace('*', String(wrong)), 'a result is neither address nor image', taskId);
    return [first, ...others];
  });
}
