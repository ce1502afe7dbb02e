/** Event streams that go wrong on purpose, over a socket. */
import { request } from 'node:http';
import { expect, test } from 'vitest';
import { listen } from '../../mocks/adapters/node-http.js';
import { createMock } from '../../src/entry/mock.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';

const body = { prompt: 'A lake', stream: true, partial_images: 2, size: '1024x1024' };
const read = async (fault: string) => {
  const clock = createVirtualClock();
  const { engine } = await createMock({ clock, vendors: ['apigo'], faults: [fault], speed: 1000 });
  const server = await listen(engine, { port: 0, host: '127.0.0.1' });
  try {
    return await clock.run(
      () =>
        new Promise<{ text: string; whole: boolean }>((resolve, reject) => {
          const sent = request(
            `${server.origin}/apigo/v1/images/generations`,
            {
              method: 'POST',
              headers: { authorization: 'Bearer sk-apigo-test', 'content-type': 'application/json' },
            },
            (answer) => {
              let text = '';
              answer.on('data', (chunk: Buffer) => {
                text += chunk.toString();
              });
              answer.on('close', () => resolve({ text, whole: answer.complete }));
              answer.on('error', () => undefined);
            },
          );
          sent.on('error', reject);
          sent.end(JSON.stringify(body));
        }),
    );
  } finally {
    await server.close();
  }
};
const names = (text: string) =>
  [...text.matchAll(/^event: \w+\.(\w+)$|^event: (error)$/gm)].map(([, one, two]) => one ?? two);

test('streams break off after the first event', async () => {
  const { text, whole } = await read('cuts-stream');
  expect(whole).toBe(false);
  expect(names(text).slice(0, 1)).toEqual(['partial_image']);
  expect(text).not.toContain('completed');
});

test('streams fall silent and break off after ten minutes', async () => {
  expect(await read('stalls-stream')).toMatchObject({ whole: false });
});

test.each([
  ['stream-without-end', ['partial_image', 'partial_image']],
  ['fails-in-stream', ['partial_image', 'error']],
])('streams come to a wrong end with %s', async (fault, expected) => {
  const { text, whole } = await read(fault);
  expect(whole).toBe(true);
  expect(names(text)).toEqual(expected);
});

test('streams have their previews in the wrong order', async () => {
  const { text } = await read('shuffles-stream');
  expect([...text.matchAll(/"partial_image_index":(\d)/g)].map(([, index]) => index)).toEqual(['1', '0']);
});
