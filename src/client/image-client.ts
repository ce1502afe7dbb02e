import { placeOf, readAnswer } from '../contract/answer-shape.js';
import type { Contract, SubmitOperation } from '../contract/contract.js';
import type { Json } from '../core/pointer.js';
import { type Clock, systemClock } from '../platform/clock.js';
import { targetOf } from '../platform/target.js';
import { fetchTransport, type Transport } from '../platform/transport.js';
import { askTask } from './ask-task.js';
import { awaitTask } from './await-task.js';
import { checkAnswer } from './check-answer.js';
import { chooseOperation } from './choose-operation.js';
import { type ClientContext, checkApiKey, REQUEST_TIMEOUT_MS, withoutKey } from './client-context.js';
import { ContractBrokenError } from './errors/contract-broken-error.js';
import { UnsupportedError } from './errors/unsupported-error.js';
import type { GenerateOptions } from './generate-options.js';
import type { GenerateRequest } from './generate-request.js';
import type { GeneratedImage, GenerationResult, SubmittedTask } from './generation-result.js';
import { toTaskState } from './read-task.js';
import { buildBody } from './request-body.js';
import { costOf, formatFor } from './result-facts.js';
import { resultImages } from './result-images.js';
import { sendSubmit } from './send-submit.js';
import type { StreamEvent, StreamOptions, StreamRequest } from './stream-event.js';
import { streamImages } from './stream-images.js';
import type { TaskState } from './task-state.js';
import { checkTimeout } from './time-limit.js';

export interface ImageClientOptions {
  readonly contract: Contract;
  readonly apiKey: string;
  /** Stands in for the contract's server. */
  readonly baseUrl?: string;
  readonly transport?: Transport;
  readonly clock?: Clock;
  /** Hold every successful answer and event against the contract's schemas; what breaks them is a `ContractBrokenError`. */
  readonly validate?: boolean;
}

export type AskOptions = Pick<GenerateOptions, 'signal' | 'timeoutMs'>;

/**
 * One client for every vendor. All methods throw an `UnsupportedError` for what the vendor cannot do, before anything
 * is sent; a submit is sent once and never again.
 */
export interface ImageClient<Request = GenerateRequest> {
  /**
   * Submits and waits for the images: the first poll comes after the vendor's advised interval (or as `pollPolicy` says),
   * each later one that long after the answer before it, until the task ends. 429, 5xx and lost answers are asked again,
   * five times in a row at most, waiting longer where `Retry-After` says so.
   *
   * Rejects with a `VendorRefusedError` (the submit was refused), an `OutcomeUnknownError` (nobody knows whether a task
   * was started, or the polls fail), a `TaskFailedError` (it ended without images), a `DeadlineError` (`timeoutMs` is
   * over; the task goes on), a `ContractBrokenError` (an answer that cannot be read), or the signal's reason.
   */
  generate(request: Request, options?: GenerateOptions): Promise<GenerationResult>;
  /** Submits only; `resume` waits, `task` asks once. For vendors with tasks. Rejects as `generate` does. */
  submit(request: Request, options?: GenerateOptions): Promise<SubmittedTask>;
  /**
   * Waits for a task that was submitted before, by whomever: the first poll is sent at once, `timeoutMs` counts from this
   * call, and an unknown id is a `VendorRefusedError` at once. Else as `generate`.
   */
  resume(taskId: string, options?: GenerateOptions): Promise<GenerationResult>;
  /**
   * Asks for a task once. A failed task is a state like any other; only what tells no state rejects: a
   * `VendorRefusedError` (unknown id, 429, …), an `OutcomeUnknownError` (no answer), a `ContractBrokenError`.
   */
  task(taskId: string, options?: AskOptions): Promise<TaskState<GeneratedImage>>;
  /**
   * Submits and gives previews and images as they come, for vendors with event streams. Nothing is sent before the first
   * event is asked for; leaving the loop ends the connection. Rejects as `generate` while no stream has begun, after that
   * with a `StreamFailedError` (the vendor's error event), a `StreamStalledError` (silence, time over), a
   * `ContractBrokenError` (an event that cannot be read, an end before the last image), an `OutcomeUnknownError` (the
   * connection broke), or the signal's reason.
   *
   * @example
   * for await (const event of client.stream({ prompt: 'A lighthouse', partialImages: 2 }))
   *   if (event.type === 'completed') await writeFile('lighthouse.png', event.bytes);
   */
  stream(request: StreamRequest<Request>, options?: StreamOptions): AsyncGenerator<StreamEvent, void, undefined>;
}

const TEN_MINUTES_MS = 600_000;
const TWO_MINUTES_MS = 120_000;

/** Throws a `UsageError` for an unusable base URL or key. */
export function createImageClient(options: ImageClientOptions): ImageClient {
  const { contract, transport = fetchTransport, clock = systemClock, validate = false } = options;
  const baseUrl = targetOf(contract.server, options.baseUrl);
  const context: ClientContext = { contract, apiKey: checkApiKey(options.apiKey), baseUrl, transport, clock, validate };

  /** The operation for a method that works with task ids. */
  const withTasks = (request: GenerateRequest, method: string): SubmitOperation => {
    const operation = chooseOperation(contract, request);
    if (operation.task.mode === 'poll') return operation;
    throw new UnsupportedError(contract.id, method, 'it answers with the images at once and has no tasks', [
      'generate',
    ]);
  };

  const begin = async (
    operation: SubmitOperation,
    body: Record<string, Json>,
    { signal, onProgress, timeoutMs = TEN_MINUTES_MS }: GenerateOptions,
  ) => {
    const allowed = checkTimeout(timeoutMs);
    const sent = await sendSubmit(context, {
      operation,
      body,
      // The answer of a synchronous vendor takes as long as the images do.
      timeoutMs: operation.task.mode === 'sync' ? allowed : Math.min(allowed, REQUEST_TIMEOUT_MS),
      signal,
      onSending: () => onProgress?.({ type: 'sending', at: clock.now() }),
    });
    const view = readAnswer(operation.task.answer, sent.body, operation.task.status?.words);
    const taskId = typeof view.id === 'string' && view.id !== '' ? view.id : undefined;
    if (validate) checkAnswer(contract, operation, sent.response, sent.body, taskId);
    return { ...sent, view, taskId };
  };

  const submitTask = async (operation: SubmitOperation, request: GenerateRequest, options: GenerateOptions) => {
    const body = buildBody(contract, operation, request);
    const { taskId, submittedAt, body: answer } = await begin(operation, body, options);
    if (taskId === undefined) {
      const place = placeOf(operation.task.answer, 'id');
      throw new ContractBrokenError(place, 'the request was accepted, but there is no task id');
    }
    options.onProgress?.({ type: 'submitted', at: clock.now(), taskId });
    return { taskId, at: submittedAt, body, answer };
  };

  const generateAtOnce = async (operation: SubmitOperation, request: GenerateRequest, options: GenerateOptions) => {
    const body = buildBody(contract, operation, request);
    const { submittedAt, body: answer, view } = await begin(operation, body, options);
    const images = resultImages(context, operation.task.answer, view, formatFor(contract, operation, body, view));
    const finishedAt = clock.now();
    options.onProgress?.({ type: 'finished', at: finishedAt, phase: 'succeeded' });
    return {
      vendor: contract.id,
      images,
      ...costOf(operation, view.cost),
      timings: { submittedAt, finishedAt, polls: 0 },
      raw: { submit: answer },
    };
  };

  return {
    async generate(request, options = {}) {
      const startedAt = clock.now();
      const operation = chooseOperation(contract, request);
      if (operation.task.mode === 'sync') return generateAtOnce(operation, request, options);
      const timeoutMs = checkTimeout(options.timeoutMs ?? TEN_MINUTES_MS);
      const { taskId, ...submitted } = await submitTask(operation, request, options);
      return awaitTask(context, { operation, taskId, startedAt, timeoutMs, submitted }, options);
    },

    async submit(request, options = {}) {
      const { taskId, at, answer } = await submitTask(withTasks(request, 'submit'), request, options);
      return { vendor: contract.id, taskId, submittedAt: at, raw: answer };
    },

    async resume(taskId, options = {}) {
      const operation = withTasks({ prompt: '' }, 'resume');
      const timeoutMs = checkTimeout(options.timeoutMs ?? TEN_MINUTES_MS);
      return awaitTask(context, { operation, taskId, startedAt: clock.now(), timeoutMs }, options);
    },

    async task(taskId, { signal, timeoutMs = REQUEST_TIMEOUT_MS } = {}) {
      const operation = withTasks({ prompt: '' }, 'task');
      const asked = await askTask(context, operation, taskId, checkTimeout(timeoutMs), signal);
      if (asked.kind === 'again') throw asked.error;
      const { view, body } = asked;
      const shape = operation.task.poll?.answer ?? {};
      return toTaskState(
        operation,
        view,
        body,
        () => resultImages(context, shape, view, formatFor(contract, operation, undefined, view), taskId),
        { taskId, clean: (text) => withoutKey(context, text) },
      );
    },

    async *stream(
      { partialImages, ...request },
      { signal, timeoutMs = TEN_MINUTES_MS, stallMs = TWO_MINUTES_MS } = {},
    ) {
      const operation = chooseOperation(contract, request);
      const extras = partialImages === undefined ? {} : { partialImages };
      const body = buildBody(contract, operation, request, extras);
      const { stream } = operation.task;
      if (stream === undefined) throw new UnsupportedError(contract.id, 'stream', 'it has no streams', ['generate']);
      const limits = { timeoutMs: checkTimeout(timeoutMs), stallMs: checkTimeout(stallMs) };
      yield* streamImages(context, { operation, body, stream, signal, ...limits });
    },
  };
}
