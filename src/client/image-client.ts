import { placeOf, readAnswer } from '../contract/answer-shape.js';
import type { Contract, SubmitOperation } from '../contract/contract.js';
import { parseDuration } from '../core/duration.js';
import { isLoopback } from '../core/loopback.js';
import { getAt, type Json } from '../core/pointer.js';
import { advisedPolicy, type PollingPolicy } from '../core/polling.js';
import type { TaskView } from '../core/task.js';
import { type Clock, systemClock } from '../platform/clock.js';
import { targetOf } from '../platform/target.js';
import { fetchTransport, type Transport } from '../platform/transport.js';
import { chooseOperation } from './choose-operation.js';
import { type ClientContext, checkApiKey, REQUEST_TIMEOUT_MS, withoutKey } from './client-context.js';
import { ContractBrokenError } from './errors/contract-broken-error.js';
import { TaskFailedError } from './errors/task-failed-error.js';
import { UnsupportedError } from './errors/unsupported-error.js';
import { formatOf } from './format-word.js';
import type { GenerateOptions } from './generate-options.js';
import type { GenerateRequest } from './generate-request.js';
import type { GenerationResult, SubmittedTask } from './generation-result.js';
import { pollTask } from './poll-task.js';
import { fillIn, propertySchema } from './property-schema.js';
import { bodySchemaOf, buildBody } from './request-body.js';
import { resultImages } from './result-images.js';
import { sendSubmit } from './send-submit.js';
import { checkTimeout } from './time-limit.js';

export interface ImageClientOptions {
  readonly contract: Contract;
  readonly apiKey: string;
  /** Stands in for the contract's server. */
  readonly baseUrl?: string;
  readonly transport?: Transport;
  readonly clock?: Clock;
}

/**
 * One client for every vendor. All methods throw an `UnsupportedError` for what the vendor cannot do, before anything
 * is sent; a submit is sent once and never again.
 */
export interface ImageClient {
  /** Submits and waits for the images. Rejects with one of the classes in `errors/`, or with the signal's reason. */
  generate(request: GenerateRequest, options?: GenerateOptions): Promise<GenerationResult>;
  /** Submits only; `resume` waits. For vendors with tasks. */
  submit(request: GenerateRequest, options?: GenerateOptions): Promise<SubmittedTask>;
  /** Waits for a task that was submitted before, by whomever; the first poll is sent at once. */
  resume(taskId: string, options?: GenerateOptions): Promise<GenerationResult>;
}

const TEN_MINUTES_MS = 600_000;

/** Throws a `UsageError` for an unusable base URL or key. */
export function createImageClient(options: ImageClientOptions): ImageClient {
  const { contract, transport = fetchTransport, clock = systemClock } = options;
  const baseUrl = targetOf(contract.server, options.baseUrl);
  const context: ClientContext = { contract, apiKey: checkApiKey(options.apiKey), baseUrl, transport, clock };

  const policyOf = ({ task }: SubmitOperation): PollingPolicy => {
    const advised = task.advice?.pollInterval?.minimum;
    return advisedPolicy(isLoopback(baseUrl), advised === undefined ? undefined : parseDuration(advised));
  };

  const needTasks = ({ task }: SubmitOperation, method: string) => {
    if (task.mode === 'sync')
      throw new UnsupportedError(contract.id, method, 'it answers with the images at once and has no tasks', [
        'generate',
      ]);
  };

  const begin = async (operation: SubmitOperation, body: Record<string, Json>, options: GenerateOptions) => {
    const timeoutMs = checkTimeout(options.timeoutMs ?? TEN_MINUTES_MS);
    // The answer of a synchronous vendor takes as long as the images do.
    const limit = operation.task.mode === 'sync' ? timeoutMs : Math.min(timeoutMs, REQUEST_TIMEOUT_MS);
    const sent = await sendSubmit(context, operation, body, limit, options.signal);
    return { ...sent, view: readAnswer(operation.task.answer, sent.body, operation.task.status?.words) };
  };

  const taskIdOf = ({ task }: SubmitOperation, view: TaskView): string => {
    if (typeof view.id === 'string' && view.id !== '') return view.id;
    throw new ContractBrokenError(placeOf(task.answer, 'id'), 'the request was accepted, but there is no task id');
  };

  const formatFor = (operation: SubmitOperation, body: Json | undefined, view: TaskView): string | undefined => {
    const place = operation.task.request.format;
    if (place === undefined || body === undefined) return formatOf(operation, view.params?.['format']);
    const assumed = operation.task.assume?.[place] as Json | undefined;
    const usual = fillIn(contract, propertySchema(contract, bodySchemaOf(contract, operation).schema, place), assumed);
    return formatOf(operation, view.params?.['format'] ?? getAt(body, place) ?? usual);
  };

  const costOf = ({ task }: SubmitOperation, amount: number | undefined) =>
    typeof amount !== 'number'
      ? {}
      : { cost: { amount, ...(task.price === undefined ? {} : { unit: task.price.unit }) } };

  const wait = async (
    operation: SubmitOperation,
    task: { readonly taskId: string; readonly submittedAt: number; readonly body?: Json; readonly submit?: unknown },
    options: GenerateOptions,
    startedAt: number,
  ): Promise<GenerationResult> => {
    const { taskId } = task;
    const timeoutMs = checkTimeout(options.timeoutMs ?? TEN_MINUTES_MS);
    const fresh = task.submit !== undefined;
    const { view, body, polls, cost } = await pollTask(context, {
      operation,
      taskId,
      policy: options.pollPolicy ?? policyOf(operation),
      deadlineAt: startedAt + timeoutMs,
      timeoutMs,
      fresh,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
    });
    if (view.phase === 'failed' || view.phase === 'cancelled') {
      const { message, code, type } = view.error ?? {};
      throw new TaskFailedError({
        taskId,
        phase: view.phase,
        ...(typeof message === 'string' ? { reason: withoutKey(context, message) } : {}),
        ...(code === undefined ? {} : { code }),
        ...(type === undefined ? {} : { type }),
      });
    }
    const shape = operation.task.poll?.answer ?? {};
    return {
      vendor: contract.id,
      taskId,
      images: resultImages(context, shape, view, formatFor(operation, task.body, view), taskId),
      ...costOf(operation, cost),
      timings: {
        submittedAt: fresh ? task.submittedAt : (view.createdAt ?? task.submittedAt),
        finishedAt: clock.now(),
        polls,
      },
      raw: { ...(fresh ? { submit: task.submit } : {}), final: body },
    };
  };

  const submitTask = async (operation: SubmitOperation, request: GenerateRequest, options: GenerateOptions) => {
    const body = buildBody(contract, operation, request);
    const sent = await begin(operation, body, options);
    const taskId = taskIdOf(operation, sent.view);
    options.onProgress?.({ type: 'submitted', at: clock.now(), taskId });
    return { taskId, submittedAt: sent.submittedAt, body, submit: sent.body };
  };

  return {
    async generate(request, options = {}) {
      const startedAt = clock.now();
      const operation = chooseOperation(contract, request);
      if (operation.task.mode === 'poll')
        return wait(operation, await submitTask(operation, request, options), options, startedAt);
      const body = buildBody(contract, operation, request);
      const { submittedAt, body: answer, view } = await begin(operation, body, options);
      return {
        vendor: contract.id,
        images: resultImages(context, operation.task.answer, view, formatFor(operation, body, view)),
        ...costOf(operation, view.cost),
        timings: { submittedAt, finishedAt: clock.now(), polls: 0 },
        raw: { submit: answer },
      };
    },
    async submit(request, options = {}) {
      const operation = chooseOperation(contract, request);
      needTasks(operation, 'submit');
      const { taskId, submittedAt, submit } = await submitTask(operation, request, options);
      return { vendor: contract.id, taskId, submittedAt, raw: submit };
    },
    async resume(taskId, options = {}) {
      const operation = chooseOperation(contract, { prompt: '' });
      needTasks(operation, 'resume');
      const now = clock.now();
      return wait(operation, { taskId, submittedAt: now }, options, now);
    },
  };
}
