/** In a page: MSW's browser worker answers the vendor's real address, and the picture is shown as it would be. */
import { setupWorker } from 'msw/browser';
import { mockHandlers } from 'proofsheet/msw-browser';

// `npx msw init public` puts the worker's own script where the page can load it.
const worker = setupWorker(...(await mockHandlers({ vendors: ['evolink'], speed: 20 })));
await worker.start({ onUnhandledRequest: 'bypass' });

const api = 'https://api.evolink.ai/v1';
const headers = { authorization: 'Bearer sk-evolink-test', 'content-type': 'application/json' };

/** Resolves with an address for the `src` of an image. */
export async function picture(prompt: string): Promise<string> {
  const body = JSON.stringify({ model: 'gpt-image-1', prompt });
  const accepted = await fetch(`${api}/images/generations`, { method: 'POST', headers, body });
  const { id } = (await accepted.json()) as { id: string };
  for (;;) {
    const answer = await fetch(`${api}/tasks/${id}`, { headers });
    const task = (await answer.json()) as { status: string; results?: string[]; error?: { message: string } };
    if (task.status === 'completed') return task.results?.[0] ?? '';
    if (task.status === 'failed') throw new Error(task.error?.message);
    await new Promise((resume) => setTimeout(resume, 250));
  }
}
