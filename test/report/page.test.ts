/** Pages in a real browser: they ask for nothing, run nothing, and show what is in the report. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reportContext } from '../../src/entry/report-context.js';
import { checkToHtml } from '../../src/report/check-html.js';
import { comparisonToHtml } from '../../src/report/comparison-html.js';
import { loadToHtml } from '../../src/report/load-html.js';
import { overviewToHtml } from '../../src/report/overview-html.js';
import { judgeMock } from '../support/judge.js';
import { comparisonFilledWith } from './comparison-fixtures.js';
import { findings, violating } from './fixtures.js';
import { filledWith } from './hostile-fixtures.js';
import { loadFilledWith } from './load-fixtures.js';

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

describe.skipIf(!existsSync(browserFile))('in a browser', () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'proofsheet-page-'));
    browser = await chromium.launch({ executablePath: browserFile, args: flags });
  });

  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Opens a page from a file and says what it asked for. */
  async function open(html: string, width = 1000): Promise<{ tab: Page; asked: string[]; url: string }> {
    const file = join(folder, 'page.html');
    await writeFile(file, html);
    const tab = await browser.newPage({ viewport: { width, height: 800 } });
    const asked: string[] = [];
    tab.on('request', (request) => asked.push(request.url()));
    const url = pathToFileURL(file).href;
    await tab.goto(url);
    return { tab, asked, url };
  }

  const attack =
    '</style></title><script>document.title = "owned"</script><img src="http://127.0.0.1:9/x" onerror="document.title=\'owned\'"><svg onload="document.title=\'owned\'">';

  test.each([
    ['a check with findings', checkToHtml(violating)],
    ['a hostile check', checkToHtml(filledWith(attack), { rationale: () => attack })],
    ['a hostile load', loadToHtml(loadFilledWith(attack))],
    ['a hostile comparison', comparisonToHtml(comparisonFilledWith(attack))],
    [
      'a hostile overview',
      overviewToHtml({ title: attack, generatedAt: attack, checks: [filledWith(attack)], loads: [], images: [] }),
    ],
  ])('%s asks for nothing, runs nothing and fits a phone', async (_, html) => {
    const { tab, asked, url } = await open(html, 390);
    expect(asked).toEqual([url]);
    expect(await tab.title()).not.toBe('owned');
    expect(await tab.locator('script, img[src^="http"]').count()).toBe(0);
    expect(await tab.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await tab.close();
  });

  test('severities can be chosen by the keyboard', async () => {
    const { tab } = await open(checkToHtml(violating));
    const errors = tab.locator('.finding.error');
    expect(await errors.first().isVisible()).toBe(true);
    await tab.locator('#show-error').press('Space');
    expect(await errors.first().isVisible()).toBe(false);
    expect(await tab.locator('.finding.warning').first().isVisible()).toBe(true);
    await tab.close();
  });

  test('a finding leads to its check and to the timeline of its task, and its command is taken whole', async () => {
    const report = await judgeMock('evolink', ['goes-back']);
    const context = await reportContext('evolink', { lines: false, exitCode: 1 });
    const { tab } = await open(checkToHtml(report, context));
    const finding = tab.locator('.finding', { hasText: 'transition-legal' }).first();
    await finding.locator('header a').click();
    const check = tab.locator(':target');
    expect(await check.textContent()).toContain('docs/checks/transition-legal.md');
    expect(await check.isVisible()).toBe(true);
    await finding.locator('a[href^="#task-"]').first().click();
    const task = tab.locator('.trip:target');
    expect(await task.locator('.lanes').isVisible()).toBe(true);
    expect(await task.locator('.mark.change').count()).toBeGreaterThan(1);
    const bar = await task.locator('.bar.running rect').first().boundingBox();
    expect(bar?.width).toBeGreaterThan(2);
    await finding.getByText('Send it again').click();
    await finding.locator('.command').click();
    const taken = await tab.evaluate('getSelection().toString()');
    expect(taken).toBe(report.findings.find((one) => one.check === 'transition-legal')?.curl);
    await tab.close();
  });

  test('paper shows requests, answers and commands without a click', async () => {
    const { tab } = await open(checkToHtml(violating));
    const command = tab.locator('.command').first();
    expect(await command.isVisible()).toBe(false);
    await tab.emulateMedia({ media: 'print' });
    expect(await command.isVisible()).toBe(true);
    await tab.close();
  });
});
