/**
 * Tries the handlers for MSW's browser worker in a real browser: `npm run test:browser`. Exits 3 where there is no browser;
 * PROOFSHEET_BROWSER names one in another place.
 */
import { strict as assert } from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { toFetch } from '../mocks/adapters/fetch.js';
import { createMock, createVirtualClock } from '../src/entry/mock.js';
import { root } from './build-output.js';
import { bundleBrowser } from './bundle-browser.js';
import { temporaryFolder } from './run-command.js';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
];
const named = process.env['PROOFSHEET_BROWSER'];
const executablePath = (named === undefined ? places : [named]).find((place) => existsSync(place));
if (executablePath === undefined) {
  console.error(`test:browser: no browser at ${named ?? places.join(', ')}: set PROOFSHEET_BROWSER to the path of one`);
  process.exit(3);
}

const folder = temporaryFolder('browser');
const script = (name: string) => join(folder, `${name}.js`);
const pages = ['page', 'example-page'];
for (const name of pages) await bundleBrowser(join(root, `test/browser/${name}.ts`), script(name), []);

const html = (name: string) =>
  `<!doctype html><meta charset="utf-8"><title>${name}</title><script type="module" src="/${name}.js"></script>`;
const files = new Map<string, readonly [type: string, text: string]>([
  ...pages.map((name) => [`/${name}`, ['text/html', html(name)]] as const),
  ...pages.map((name) => [`/${name}.js`, ['text/javascript', readFileSync(script(name), 'utf8')]] as const),
  [
    '/mockServiceWorker.js',
    ['text/javascript', readFileSync(join(root, 'node_modules/msw/lib/mockServiceWorker.js'), 'utf8')],
  ],
]);
const server = createServer((request, response) => {
  const [type, text] = files.get(request.url ?? '') ?? [];
  response.writeHead(type === undefined ? 404 : 200, { 'content-type': type ?? 'text/plain' });
  response.end(text);
});
await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

const browser = await chromium.launch({
  executablePath,
  // Nothing but this server can be reached: what the worker does not answer fails.
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
});
try {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`${origin}page`);
  await page
    .waitForFunction('globalThis.scenes !== undefined', undefined, { timeout: 30_000 })
    .catch((error: unknown) => {
      throw new Error([...complaints, String(error)].join('\n'));
    });
  const scene = (name: string) => page.evaluate(`scenes.${name}()`) as Promise<Record<string, unknown>>;

  const portrait = await scene('apimart');
  assert.deepEqual(
    [portrait['type'], portrait['width'], portrait['height']],
    ['image/jpeg', 1024, 1536],
    'a JPEG of the size asked for',
  );
  const landscape = await scene('evolink');
  assert.deepEqual([landscape['type'], landscape['width'], landscape['height']], ['image/png', 1536, 1024], 'a PNG');
  assert.deepEqual(await scene('apigo'), { id: '', type: null, width: 256, height: 256 }, 'a picture in the answer');
  const refusal = await scene('refusal');
  assert.equal(refusal['status'], 400);

  // The same seed and request make the same task here as there.
  const clock = createVirtualClock();
  const { engine } = await createMock({ clock, seed: 7 });
  const body = JSON.stringify({ model: 'gpt-image-1-official', prompt: 'A lake', size: '2:3', output_format: 'jpeg' });
  const headers = { authorization: 'Bearer sk-apimart-test', 'content-type': 'application/json' };
  const url = 'http://mock.test/apimart/v1/images/generations';
  const answer = await toFetch(engine)(new Request(url, { method: 'POST', headers, body }));
  const { data } = (await answer.json()) as { data: [{ task_id: string }] };
  assert.equal(portrait['id'], data[0].task_id, 'equal seeds and requests give equal tasks in a page and outside');

  const example = await browser.newPage();
  await example.goto(`${origin}example-page`);
  await example.waitForFunction('globalThis.scenes !== undefined', undefined, { timeout: 30_000 });
  assert.deepEqual(await example.evaluate('scenes.shown()'), [1024, 1024], 'the example shows its picture');
  assert.deepEqual(complaints, []);
  console.log(`test:browser: ${browser.version()} showed three pictures, a refusal and the example`);
} finally {
  await browser.close();
  server.close();
}
