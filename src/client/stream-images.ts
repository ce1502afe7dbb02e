import { readAnswer } from '../contract/answer-shape.js';
import type { AnswerShape, AsyncTask } from '../contract/async-task.js';
import { getAt, type Json } from '../core/pointer.js';
import { checkEvent, isEventStream } from './check-answer.js';
import { type ClientContext, send, withoutKey } from './client-context.js';
import { ContractBrokenError } from './errors/contract-broken-error.js';
import { OutcomeUnknownError } from './errors/outcome-unknown-error.js';
import { StreamFailedError } from './errors/stream-failed-error.js';
import { StreamStalledError } from './errors/stream-stalled-error.js';
import { readJson } from './read-body.js';
import { readEvents, type ServerEvent } from './read-events.js';
import { costOf, formatFor } from './result-facts.js';
import { resultImages } from './result-images.js';
import { failureReason } from './send-failure.js';
import { failedSubmit, prepareSubmit, refusedSubmit, type Submit } from './send-submit.js';
import type { StreamEvent } from './stream-event.js';
import { TimeLimitError, within } from './time-limit.js';

type Stream = NonNullable<AsyncTask['stream']>;

export interface StreamSubmit extends Submit {
  readonly stream: Stream;
  readonly stallMs: number;
}

/** Some servers leave the event's name out and repeat it in the data only, where the contract fixes its place. */
function hasFixedValues(shape: AnswerShape, data: unknown): boolean {
  const fixed = Object.entries(shape).filter(([, field]) => 'value' in field);
  return fixed.length > 0 && fixed.every(([at, field]) => 'value' in field && getAt(data, at) === field.value);
}

function parse({ data }: ServerEvent): unknown {
  try {
    return JSON.parse(data);
  } catch {
    throw new ContractBrokenError('', `an event of the stream is no JSON: ${JSON.stringify(data.slice(0, 80))}`);
  }
}

function failureOf(context: ClientContext, { operation }: StreamSubmit, event: ServerEvent, data: unknown) {
  const inside = getAt(data, '/error');
  if (event.event !== 'error' && (inside === undefined || inside === null)) return undefined;
  const said = readAnswer(operation.task.errors.answer, data).error ?? {};
  const { code, type } = said;
  const message = said.message ?? getAt(data, '/message') ?? inside;
  return new StreamFailedError(context.contract.id, {
    ...(typeof message === 'string' ? { message: withoutKey(context, message) } : {}),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(typeof type === 'string' ? { type } : {}),
  });
}

async function open(context: ClientContext, submit: StreamSubmit, abort: AbortController): Promise<Response> {
  const { operation, signal, onSending, timeoutMs, stallMs } = submit;
  const toRequest = await prepareSubmit(context, submit, 'text/event-stream, application/json');
  onSending?.();
  let status: number | undefined;
  try {
    const limit = Math.min(timeoutMs, stallMs);
    return await within(context.clock, limit, signal, async () => {
      const response = await send(context, toRequest(abort.signal));
      status = response.status;
      if (response.ok) return response;
      throw refusedSubmit(context, operation, response, await readJson(response));
    });
  } catch (error) {
    throw failedSubmit(context, error, status);
  }
}

/**
 * Sends the submit once and gives what its stream brings, until every image that was asked for is there. Rejects as a
 * submit does while no stream has begun; after that with a `StreamFailedError` (the vendor's error event), a
 * `StreamStalledError`, a `ContractBrokenError` (an event that cannot be read, an end before the last image), an
 * `OutcomeUnknownError` (the connection broke) or the signal's reason.
 */
export async function* streamImages(
  context: ClientContext,
  submit: StreamSubmit,
): AsyncGenerator<StreamEvent, void, undefined> {
  const { contract, clock } = context;
  const { operation, body, stream, signal, timeoutMs, stallMs } = submit;
  const deadlineAt = clock.now() + timeoutMs;
  const { count } = operation.task.request;
  const wanted = Number((count === undefined ? undefined : getAt(body, count)) ?? 1);
  let completed = 0;
  let partial = 0;

  const toEvent = async (kind: 'partial' | 'completed', data: unknown): Promise<StreamEvent> => {
    const shape = stream[kind].answer;
    const view = readAnswer(shape, data);
    const format = formatFor(contract, operation, body as Json, view);
    const [image] = resultImages(context, shape, view, format);
    const { createdAt, usage } = view;
    const facts = {
      bytes: await image.bytes(signal === undefined ? {} : { signal }),
      ...(format === undefined ? {} : { format }),
      ...(typeof createdAt === 'number' ? { createdAt } : {}),
      raw: data,
    };
    if (kind === 'completed') {
      const index = completed++;
      return {
        type: kind,
        index,
        ...facts,
        ...(usage === undefined ? {} : { usage }),
        ...costOf(operation, view.cost),
      };
    }
    const told = view.params?.['partialIndex'];
    const index = typeof told === 'number' ? told : partial;
    partial += 1;
    return { type: kind, index, ...facts };
  };

  const patiently = async <T>(work: () => Promise<T>): Promise<T> => {
    const remaining = deadlineAt - clock.now();
    try {
      return await within(clock, Math.max(0, Math.min(stallMs, remaining)), signal, work);
    } catch (error) {
      if (signal?.aborted) throw error;
      if (error instanceof TimeLimitError)
        throw new StreamStalledError(contract.id, remaining < stallMs ? timeoutMs : stallMs, remaining < stallMs);
      const message = `The stream of ${contract.id} broke (${failureReason(error)}): whether the images were made is unknown.`;
      throw new OutcomeUnknownError(message, { cause: error });
    }
  };

  const abort = new AbortController();
  try {
    const response = await open(context, submit, abort);
    if (response.body === null || !isEventStream(response.headers)) {
      const type = response.headers.get('content-type') ?? 'nothing';
      throw new ContractBrokenError('', `the answer is no event stream but ${JSON.stringify(type)}`);
    }
    for await (const event of readEvents(response.body, patiently)) {
      // A closing line that some servers of this kind write, and others do not.
      if (event.data.trim() === '[DONE]') break;
      const data = parse(event);
      const failure = failureOf(context, submit, event, data);
      if (failure !== undefined) throw failure;
      const kind = (['partial', 'completed'] as const).find((one) =>
        event.event === undefined ? hasFixedValues(stream[one].answer, data) : event.event === stream[one].event,
      );
      // Events of other names are for other readers, as the standard has it.
      if (kind === undefined) continue;
      if (context.validate) checkEvent(contract, operation, response.status, data);
      yield await toEvent(kind, data);
      if (completed >= wanted) return;
    }
    throw new ContractBrokenError('', `the stream ended after ${completed} of ${wanted} images`);
  } finally {
    abort.abort();
  }
}
