/** The page of a check in a real browser: it asks for nothing, runs nothing, and shows what is in the report. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { expect, test } from 'vitest';
import { checkToHtml } from '../../src/report/check-html.js';
import { filledWith, findings, violating } from './fixtures.js';

const browserFile = '/usr/bin/chromium';
const flags = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
];

test('the page opens from a file alone and says what to do first', () => {
  const page = checkToHtml(violating);
  expect(page).toContain('default-src &#39;none&#39;; img-src data:; style-src &#39;unsafe-inline&#39;');
  expect(page).not.toMatch(/<(script|link|iframe|object|img|form|base)\b|@import|url\((?!#)/i);
  expect(page.indexOf('href="#finding-1"')).toBeLessThan(page.indexOf('id="finding-1"'));
  for (const { message } of findings) expect(page).toContain(message);
});

test.skipIf(!existsSync(browserFile))('a browser asks for nothing and lets severities be chosen', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'proofsheet-page-'));
  const browser = await chromium.launch({ executablePath: browserFile, args: flags });
  try {
    const tab = await browser.newPage({ viewport: { width: 390, height: 800 } });
    const asked: string[] = [];
    tab.on('request', (request) => asked.push(request.url()));
    const hostile = filledWith('</style><script>document.title = "owned"</script><img src="http://127.0.0.1:9/x">');
    for (const [name, report] of Object.entries({ violating, hostile })) {
      const url = pathToFileURL(join(folder, `${name}.html`)).href;
      await writeFile(join(folder, `${name}.html`), checkToHtml(report));
      await tab.goto(url);
      expect(asked.splice(0)).toEqual([url]);
      expect(await tab.title()).not.toBe('owned');
      expect(await tab.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    }
    await tab.goto(pathToFileURL(join(folder, 'violating.html')).href);
    const errors = tab.locator('.finding.error');
    expect(await errors.first().isVisible()).toBe(true);
    await tab.locator('#show-error').press('Space');
    expect(await errors.first().isVisible()).toBe(false);
    expect(await tab.locator('.finding.warning').first().isVisible()).toBe(true);
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
});
