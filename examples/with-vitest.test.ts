/** One line gives every test a vendor of its own, on a port, in virtual time. */
import { mockTest } from 'proofsheet/vitest';
import { expect } from 'vitest';

const test = mockTest({ vendors: ['evolink'] });

test('my code waits for a picture, and a minute passes at once', async ({ mock }) => {
  const headers = { authorization: `Bearer ${mock.key()}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ model: 'gpt-image-1', prompt: 'A quiet bay' });
  const submitted = await fetch(`${mock.url()}/v1/images/generations`, { method: 'POST', headers, body });
  const { id } = (await submitted.json()) as { id: string };

  await mock.advance(60_000);

  const answer = await fetch(`${mock.url()}/v1/tasks/${id}`, { headers });
  expect(await answer.json()).toMatchObject({ id, status: 'completed', results: [expect.stringContaining('.png')] });
  expect(mock.requests({ operation: 'createImage', status: 200 })).toHaveLength(1);
});
