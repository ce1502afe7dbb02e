/** What runs in the page: a client that knows only the vendors' real addresses, and MSW's worker in between. */
import { setupWorker } from 'msw/browser';
import { createVirtualClock, mockHandlers } from '../../src/entry/msw-browser.js';

interface Shown {
  readonly id: string;
  readonly type: string | null;
  readonly width: number;
  readonly height: number;
}

// The types of this project are those of a server.
declare const Image: new () => { src: string; naturalWidth: number; naturalHeight: number; decode(): Promise<void> };
declare const document: { body: { append(element: unknown): void } };

// biome-ignore lint/suspicious/noExplicitAny: answers are taken apart as a page would
async function json(url: string, vendor: string, body?: object): Promise<{ status: number; body: any }> {
  const response = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer sk-${vendor}-test`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

/** As a person would see it: in an element of the page. */
async function show(id: string, src: string): Promise<Shown> {
  const type = src.startsWith('data:') ? null : (await fetch(src)).headers.get('content-type');
  const image = new Image();
  image.src = src;
  document.body.append(image);
  await image.decode();
  return { id, type, width: image.naturalWidth, height: image.naturalHeight };
}

const scenes = {
  async apimart(): Promise<Shown> {
    const request = { model: 'gpt-image-1-official', prompt: 'A lake', size: '2:3', output_format: 'jpeg' };
    const accepted = await json('https://api.apimart.ai/v1/images/generations', 'apimart', request);
    const id = accepted.body.data[0].task_id as string;
    for (;;) {
      clock.advance(1_000);
      const { data } = (await json(`https://api.apimart.ai/v1/tasks/${id}`, 'apimart')).body;
      if (data.status === 'completed') return show(id, data.result.images[0].url[0]);
      if (data.status === 'failed') throw new Error(JSON.stringify(data));
    }
  },
  async evolink(): Promise<Shown> {
    const request = { model: 'gpt-image-1', prompt: 'A hill', size: '3:2' };
    const { id } = (await json('https://api.evolink.ai/v1/images/generations', 'evolink', request)).body;
    for (;;) {
      clock.advance(1_000);
      const task = (await json(`https://api.evolink.ai/v1/tasks/${id}`, 'evolink')).body;
      if (task.status === 'completed') return show(id, task.results[0]);
      if (task.status === 'failed') throw new Error(JSON.stringify(task));
    }
  },
  async apigo(): Promise<Shown> {
    const request = { model: 'dall-e-2', prompt: 'A cat', size: '256x256', response_format: 'b64_json' };
    const answer = json('https://maas.apigo.ai/v1/images/generations', 'apigo', request);
    const { body } = await clock.run(() => answer);
    if (body.data === undefined) throw new Error(JSON.stringify(body));
    return show('', `data:image/png;base64,${body.data[0].b64_json}`);
  },
  /** A refusal, in the vendor's own shape. */
  async refusal() {
    return json('https://api.evolink.ai/v1/images/generations', 'evolink', { model: 'gpt-image-1' });
  },
};

const clock = createVirtualClock();
const worker = setupWorker(...(await mockHandlers({ clock, seed: 7 })));
await worker.start({ onUnhandledRequest: 'bypass', quiet: true });
Object.assign(globalThis, { scenes });
