/** Your own code under test: it asks the vendor's real address, MSW answers, and a minute passes at once. */
import { setupServer } from 'msw/node';
import { createVirtualClock } from 'proofsheet/mock';
import { mockHandlers } from 'proofsheet/msw';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

const api = 'https://api.evolink.ai/v1';
const headers = { authorization: 'Bearer sk-evolink-test', 'content-type': 'application/json' };

// The code under test: anything that speaks HTTP; here the least that can be written.
async function submit(prompt: string): Promise<string> {
  const body = JSON.stringify({ model: 'gpt-image-1', prompt });
  const answer = await fetch(`${api}/images/generations`, { method: 'POST', headers, body });
  return ((await answer.json()) as { id: string }).id;
}
async function ask(id: string) {
  const answer = await fetch(`${api}/tasks/${id}`, { headers });
  return (await answer.json()) as { status: string; results?: string[]; error?: { code: string } };
}

const clock = createVirtualClock();
const server = setupServer(...(await mockHandlers({ vendors: ['evolink'], clock })));
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

test('a picture is ready after a while, and can be downloaded', async () => {
  const id = await submit('A quiet bay');
  expect(await ask(id)).toMatchObject({ status: 'pending' });
  clock.advance(10 * 60_000);
  const { status, results } = await ask(id);
  expect(status).toBe('completed');
  const file = await fetch(results?.[0] ?? '');
  expect(file.headers.get('content-type')).toBe('image/png');
});

test('a refused prompt fails with a code', async () => {
  const id = await submit('A policy violation');
  clock.advance(10 * 60_000);
  expect(await ask(id)).toMatchObject({ status: 'failed', error: { code: 'content_policy_violation' } });
});
