import { expect, test } from 'vitest';
import { ContractBrokenError } from '../../src/client/errors/contract-broken-error.js';
import { UnsupportedError } from '../../src/client/errors/unsupported-error.js';
import { createImageClient } from '../../src/client/image-client.js';
import { UsageError } from '../../src/core/errors.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { BASE, contractOf, KEY, PICTURE } from './fake-vendor.js';

const contract = await contractOf('apigo');
const b64 = Buffer.from(PICTURE).toString('base64');

function setUp(data: unknown[]) {
  const clock = createVirtualClock();
  const requests: Request[] = [];
  const transport = async (request: Request) => {
    requests.push(request);
    return Response.json({ created: 1, output_format: 'webp', data });
  };
  return { clock, requests, client: createImageClient({ contract, apiKey: KEY, baseUrl: BASE, transport, clock }) };
}

test('the answer to the submit holds the images, decoded from base64 where they are inside', async () => {
  const { requests, client } = setUp([{ b64_json: b64 }]);
  const result = await client.generate({ prompt: 'A fox' });
  expect(result).toMatchObject({ vendor: 'apigo', images: [{ format: 'webp' }], timings: { polls: 0 } });
  expect(result).not.toHaveProperty('taskId');
  expect(new Uint8Array((await result.images[0]?.bytes()) ?? [])).toEqual(PICTURE);
  expect(requests).toHaveLength(1);
});

test('progress is told, though there is no task', async () => {
  const types: string[] = [];
  await setUp([{ b64_json: b64 }]).client.generate({ prompt: 'A fox' }, { onProgress: ({ type }) => types.push(type) });
  expect(types).toEqual(['sending', 'finished']);
});

test.each([['it is !no base64!'], [''], ['====']])('%j is no image', async (text) => {
  const { client } = setUp([{ b64_json: text }]);
  const result = await client.generate({ prompt: 'A fox' });
  await expect(result.images[0]?.bytes()).rejects.toBeInstanceOf(ContractBrokenError);
});

test('an answer without images breaks the contract', async () => {
  await expect(setUp([]).client.generate({ prompt: 'A fox' })).rejects.toBeInstanceOf(ContractBrokenError);
});

test('references travel as files to the operation that takes them', async () => {
  const { requests, client } = setUp([{ b64_json: b64 }]);
  const picture = `data:image/png;base64,${b64}`;
  await client.generate({ prompt: 'A fox', references: [picture, picture], count: 2 });
  const [request] = requests;
  expect(request?.url).toBe(`${BASE}/v1/images/edits`);
  const form = await request?.formData();
  expect(form?.get('prompt')).toBe('A fox');
  expect(form?.get('n')).toBe('2');
  const files = form?.getAll('image[]') as File[];
  expect(files.map(({ name, type, size }) => ({ name, type, size }))).toEqual([
    { name: 'image-1.png', type: 'image/png', size: 8 },
    { name: 'image-2.png', type: 'image/png', size: 8 },
  ]);
});

test('a reference that cannot be read is told before anything is sent', async () => {
  const { requests, client } = setUp([]);
  const work = client.generate({ prompt: 'A fox', references: ['./fox.png'] });
  await expect(work).rejects.toBeInstanceOf(UsageError);
  expect(requests).toHaveLength(0);
});

test('there are no tasks to submit or resume', async () => {
  const { requests, client } = setUp([]);
  await expect(client.submit({ prompt: 'A fox' })).rejects.toBeInstanceOf(UnsupportedError);
  await expect(client.resume('x')).rejects.toBeInstanceOf(UnsupportedError);
  expect(requests).toHaveLength(0);
});
