import { readAnswer } from '../contract/answer-shape.js';
import type { SubmitOperation } from '../contract/contract.js';
import { parseDuration } from '../core/duration.js';
import { isLoopback } from '../core/loopback.js';
import type { Json } from '../core/pointer.js';
import { advisedPolicy, type PollingPolicy } from '../core/polling.js';
import { type ClientContext, withoutKey } from './client-context.js';
import { TaskFailedError } from './errors/task-failed-error.js';
import type { GenerateOptions } from './generate-options.js';
import type { GenerationResult } from './generation-result.js';
import { pollTask } from './poll-task.js';
import { costOf, formatFor } from './result-facts.js';
import { resultImages } from './result-images.js';

export interface AwaitedTask {
  readonly operation: SubmitOperation;
  readonly taskId: string;
  /** Unix milliseconds at which the caller began, from which the time allowed counts. */
  readonly startedAt: number;
  readonly timeoutMs: number;
  /** What was sent and answered, where this client submitted the task itself. */
  readonly submitted?: { readonly at: number; readonly body: Json; readonly answer: unknown };
}

function policyOf({ baseUrl }: ClientContext, { task }: SubmitOperation): PollingPolicy {
  const advised = task.advice?.pollInterval?.minimum;
  return advisedPolicy(isLoopback(baseUrl), advised === undefined ? undefined : parseDuration(advised));
}

/** Polls a task to its end and gives its images. Throws a `TaskFailedError` where it ended without, else as `pollTask`. */
export async function awaitTask(
  context: ClientContext,
  { operation, taskId, startedAt, timeoutMs, submitted }: AwaitedTask,
  { signal, pollPolicy, onProgress }: GenerateOptions,
): Promise<GenerationResult> {
  const { contract, clock } = context;
  const { view, body, polls, cost } = await pollTask(context, {
    operation,
    taskId,
    policy: pollPolicy ?? policyOf(context, operation),
    deadlineAt: startedAt + timeoutMs,
    timeoutMs,
    fresh: submitted !== undefined,
    ...(submitted === undefined
      ? {}
      : { submittedAt: submitted.at, etaSeconds: readAnswer(operation.task.answer, submitted.answer).etaSeconds }),
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  const finishedAt = clock.now();
  const { phase } = view;
  if (phase === 'failed' || phase === 'cancelled') {
    onProgress?.({ type: 'finished', at: finishedAt, taskId, phase });
    const { message, code, type } = view.error ?? {};
    throw new TaskFailedError({
      taskId,
      phase,
      ...(typeof message === 'string' ? { reason: withoutKey(context, message) } : {}),
      ...(code === undefined ? {} : { code }),
      ...(type === undefined ? {} : { type }),
    });
  }
  const shape = operation.task.poll?.answer ?? {};
  const images = resultImages(context, shape, view, formatFor(contract, operation, submitted?.body, view), taskId);
  onProgress?.({ type: 'finished', at: finishedAt, taskId, phase: 'succeeded' });
  return {
    vendor: contract.id,
    taskId,
    images,
    ...costOf(operation, cost),
    timings: { submittedAt: submitted?.at ?? view.createdAt ?? startedAt, finishedAt, polls },
    raw: { ...(submitted === undefined ? {} : { submit: submitted.answer }), final: body },
  };
}
