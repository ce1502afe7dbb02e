import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { vendorIds } from '../../specs/index.gen.js';
import { loadContract } from '../../src/contract/load-contract.js';

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}

const models: Partial<Record<string, { model: string }>> = {
  apigo: { model: 'gpt-image-1' },
  apimart: { model: 'gpt-image-1-official' },
  evolink: { model: 'gpt-image-1' },
};

// The README's command for people who want a stateless mock.
test.each(vendorIds)('`prism mock specs/%s/openapi.yaml` serves the contract', async (vendor) => {
  const port = await freePort();
  const file = `specs/${vendor}/openapi.yaml`;
  const prism = spawn('node_modules/.bin/prism', ['mock', file, '--port', String(port)]);
  try {
    await new Promise<void>((resolve, reject) => {
      prism.once('exit', (code) => reject(new Error(`prism ended with ${code}`)));
      prism.stdout.on('data', (text: Buffer) => text.toString().includes('Prism is listening') && resolve());
    });
    const { submit } = await loadContract(file);
    const response = await fetch(`http://127.0.0.1:${port}${submit?.path}`, {
      method: 'POST',
      headers: { authorization: 'Bearer any', 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ prompt: 'A lake', ...models[vendor] }),
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('application/json');
  } finally {
    prism.kill();
  }
});
