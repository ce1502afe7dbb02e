import { renderAnswer } from '../../src/contract/answer-shape.js';
import type { AsyncTask } from '../../src/contract/async-task.js';
import { soften } from '../images/soften.js';
import type { EngineReply, EngineRequest } from '../message.js';
import type { StoredTask } from '../store.js';
import type { VendorMock } from '../vendor-mock.js';
import { pictureOf } from './results.js';
import { viewOf } from './view.js';

type Stream = NonNullable<AsyncTask['stream']>;

/** How blurred the first preview is, in pixels; the last one is a quarter of it or less. */
const firstBlur = 24;

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

async function* events(
  mock: VendorMock,
  stored: StoredTask,
  { partial, completed }: Stream,
  request: EngineRequest,
): AsyncGenerator<string> {
  const { plan } = stored;
  const { partialImages, count } = stored.request;
  const write = ({ event, answer }: Stream['partial'], b64: string, partialIndex?: number) => {
    const view = viewOf(mock, stored, plan.endedAt, request);
    const params = { ...view.params, partialIndex };
    const data = renderAnswer(answer, { ...view, params, results: [{ b64 }] });
    return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
  };
  const first = await mock.pictures.get(pictureOf(mock, stored, 0));
  for (let index = 0; index < partialImages; index += 1) {
    const due = plan.startedAt + ((plan.endedAt - plan.startedAt) * (index + 1)) / (partialImages + 1);
    await mock.clock.sleep(due - mock.clock.now());
    yield write(partial, base64(await soften(first, firstBlur / 4 ** index)), index);
  }
  await mock.clock.sleep(plan.endedAt - mock.clock.now());
  for (let index = 0; index < count; index += 1)
    yield write(completed, base64(await mock.pictures.get(pictureOf(mock, stored, index))));
}

/** The previews of a picture as they come, each sharper than the one before, then the picture itself. */
export function streamReply(mock: VendorMock, stored: StoredTask, stream: Stream, request: EngineRequest): EngineReply {
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' },
    body: '',
    stream: events(mock, stored, stream, request),
    taskId: stored.id,
  };
}
