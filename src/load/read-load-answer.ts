import { readAnswer } from '../contract/answer-shape.js';
import type { SubmitOperation } from '../contract/contract.js';
import { retryAfterMs } from '../core/polling.js';
import { isTerminal, type Phase } from '../core/task.js';
import type { LoadAnswer } from '../platform/http-pool.js';
import type { TaskOutcome } from './load-sample.js';
import { type QuickView, quickView } from './quick-view.js';

/** What one answer means for its task. */
export interface LoadReading {
  /** Present when the task is over with this answer. */
  readonly outcome?: TaskOutcome;
  readonly taskId?: string;
  readonly phase?: Phase;
  /** A short reason, where the answer is of no use. */
  readonly error?: string;
  /** Milliseconds that the target asks to wait. */
  readonly waitMs?: number;
  /** Milliseconds that the target expects the whole task to take. */
  readonly etaMs?: number;
  /** The question itself was refused; the same one again will hardly do better. */
  readonly refused?: boolean;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function isOk({ status }: LoadAnswer): boolean {
  return status >= 200 && status < 300;
}

/** Too many requests, and an account without right or money, are no failure of a task. */
const turnedAway = new Set([401, 402, 403, 429]);

function readWhole(submit: SubmitOperation, answer: LoadAnswer): LoadReading {
  if (!isOk(answer))
    return {
      outcome: turnedAway.has(answer.status) ? 'abandoned' : 'failed',
      error: `submit ${answer.status}`,
    };
  const { results } = readAnswer(submit.task.answer, parse(answer.body));
  const usable = results.length > 0 && results.every(({ url, b64 }) => (url ?? b64 ?? '') !== '');
  return usable ? { outcome: 'succeeded' } : { outcome: 'failed', error: 'submit without results' };
}

/** Reads the answer to a submit; for a synchronous vendor it is the whole task. */
export function readSubmit(submit: SubmitOperation, answer: LoadAnswer): LoadReading {
  if (submit.task.mode === 'sync') return readWhole(submit, answer);
  if (!isOk(answer)) return { outcome: 'abandoned', error: `submit ${answer.status}` };
  const view = quickView(submit.task.answer, parse(answer.body), submit.task.status?.words);
  const { id, phase } = view;
  if (typeof id !== 'string' || id === '') return { outcome: 'abandoned', error: 'submit without task id' };
  return { taskId: id, ...(phase === undefined ? {} : { phase }), ...etaOf(view) };
}

function etaOf({ etaSeconds }: QuickView): { etaMs?: number } {
  return typeof etaSeconds === 'number' ? { etaMs: etaSeconds * 1000 } : {};
}

function outcomeOf(phase: Phase): TaskOutcome | undefined {
  return isTerminal(phase) ? (phase as TaskOutcome) : undefined;
}

/** Reads the answer to a poll. */
export function readPoll({ task }: SubmitOperation, answer: LoadAnswer, nowMs: number): LoadReading {
  const { status, headers } = answer;
  const wait = retryAfterMs(headers['retry-after'], nowMs);
  const hint = wait === undefined ? {} : { waitMs: wait };
  if (!isOk(answer))
    return {
      error: `poll ${status}`,
      refused: status < 500 && status !== 408 && status !== 425 && status !== 429,
      ...hint,
    };
  const view = quickView(task.poll?.answer ?? {}, parse(answer.body), task.status?.words);
  const { phase, statusWord } = view;
  // A task whose state cannot be read is given up: asking on would only measure a loop.
  if (phase === undefined)
    return {
      outcome: 'abandoned',
      error: statusWord === undefined ? 'poll without status' : 'poll unknown status word',
    };
  const outcome = outcomeOf(phase);
  return { phase, ...(outcome === undefined ? {} : { outcome }), ...etaOf(view), ...hint };
}

/** When the target says that the task was ready (Unix milliseconds); undefined where it does not. */
export function readyAt({ headers }: LoadAnswer): number | undefined {
  const moment = Number(headers['x-proofsheet-ready-at'] ?? Number.NaN);
  return Number.isFinite(moment) ? moment : undefined;
}

/** What is told of a request that got no answer. */
export function failureWord(error: unknown): string {
  const { code, name } = error as NodeJS.ErrnoException;
  return typeof code === 'string' ? code : (name ?? 'no answer');
}
