import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Runner, Subject } from './runner.js';

const port = 4629;
const polls = 8;
const pauseMs = 100;

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** How many answers to one short conversation Prism complains about: a picture, one without a key, one of no known size. */
async function converse({ key }: Subject): Promise<number> {
  const base = `http://127.0.0.1:${port}`;
  let complaints = 0;
  const send = async (path: string, authorization: string, body?: unknown) => {
    const response = await fetch(base + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (response.headers.has('sl-violations')) complaints += 1;
    return response;
  };
  const wish = { model: 'gpt-image-1', prompt: 'A lake at dawn', size: '1024x1536' };
  const submitted = await send('/v1/images/generations', `Bearer ${key}`, wish);
  const { id } = (await submitted.json().catch(() => ({}))) as { id?: string };
  for (let poll = 0; poll < polls; poll += 1) {
    await wait(pauseMs);
    await send(`/v1/tasks/${id ?? 'none'}`, `Bearer ${key}`);
  }
  await send('/v1/images/generations', 'Bearer nobody', wish);
  await send('/v1/images/generations', `Bearer ${key}`, { ...wish, size: '7x7' });
  return complaints;
}

export const prismProxy: Runner = {
  name: 'Prism proxy',
  packages: ['@stoplight/prism-cli@5.14.2'],
  settings:
    'eleven requests through it; a copy of the contract that names plain JSON Schema, without which it validates no body',
  async failures(subject) {
    const prism = spawn('node_modules/.bin/prism', [
      'proxy',
      subject.contract,
      subject.baseUrl,
      '--port',
      String(port),
    ]);
    try {
      await new Promise<void>((resolve, reject) => {
        prism.once('exit', (code) => reject(new Error(`prism ended with ${code}`)));
        prism.stdout.on('data', (chunk: Buffer) => String(chunk).includes('Prism is listening') && resolve());
      });
      return await converse(subject);
    } finally {
      const ended = once(prism, 'close');
      prism.kill();
      await ended;
    }
  },
};
