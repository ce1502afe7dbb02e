/** What a person reads, as files: `npx vitest run test/report -u` writes them anew, to be reviewed as prose. */
import { expect, test } from 'vitest';
import { checkToConsole } from '../../src/report/check-console.js';
import { checkToHar } from '../../src/report/check-har.js';
import { checkToHtml } from '../../src/report/check-html.js';
import { checkToJson } from '../../src/report/check-json.js';
import { checkToJunit } from '../../src/report/check-junit.js';
import { checkToMarkdown } from '../../src/report/check-markdown.js';
import { checkToSarif } from '../../src/report/check-sarif.js';
import { loadToConsole } from '../../src/report/load-console.js';
import { loadToJson } from '../../src/report/load-json.js';
import { overviewToHtml } from '../../src/report/overview-html.js';
import type { ReportContext } from '../../src/report/report-context.js';
import { conformant, tinyPng, unreachable, violating } from './fixtures.js';
import { HOSTILE, hostile } from './hostile-fixtures.js';
import { load, loadFilledWith, saturated } from './load-fixtures.js';

const checks = { conformant, violating, unreachable, hostile };

test.each(Object.entries(checks))('the console tells a person what to do about the %s report', async (name, report) => {
  await expect(checkToConsole(report, { color: false })).toMatchFileSnapshot(`golden/check-${name}.txt`);
});

test.each(Object.entries(checks))('JUnit shows the %s report to a CI server', async (name, report) => {
  await expect(checkToJunit(report)).toMatchFileSnapshot(`golden/check-${name}.junit.xml`);
});

test.each(Object.entries(checks))('the summary of a CI job shows the %s report', async (name, report) => {
  await expect(checkToMarkdown(report)).toMatchFileSnapshot(`golden/check-${name}.md`);
});

test('SARIF and HAR of a check', async () => {
  const context: ReportContext = {
    rationale: (check) => `Whoever relies on ${check} is hurt.`,
    fact: (id) => ({ mark: 'S', says: `What ${id} says.` }),
    place: () => ({ path: 'specs/umber/openapi.yaml', within: 'package', line: 12 }),
    exitCode: 1,
  };
  await expect(checkToSarif(violating, context)).toMatchFileSnapshot('golden/check-violating.sarif');
  await expect(checkToHar(violating)).toMatchFileSnapshot('golden/check-violating.har');
});

test.each(Object.entries(checks))('a page shows the %s report', async (name, report) => {
  await expect(checkToHtml(report)).toMatchFileSnapshot(`golden/check-${name}.html`);
});

test('the verbose console has a line for every passed check', async () => {
  const text = checkToConsole(conformant, { color: false, verbose: true });
  await expect(text).toMatchFileSnapshot('golden/check-conformant-verbose.txt');
});

test('a narrow console wraps and never breaks a command', async () => {
  await expect(checkToConsole(violating, { color: false, width: 60 })).toMatchFileSnapshot('golden/check-narrow.txt');
});

test('JSON of a check and of a load', async () => {
  await expect(checkToJson(violating)).toMatchFileSnapshot('golden/check-violating.json');
  await expect(loadToJson(load)).toMatchFileSnapshot('golden/load.json');
});

test.each(Object.entries({ missed: load, saturated, hostile: loadFilledWith(HOSTILE) }))(
  'the console shows a load: %s',
  async (name, report) => {
    await expect(loadToConsole(report, { color: false })).toMatchFileSnapshot(`golden/load-${name}.txt`);
  },
);

test('the overview page', async () => {
  const page = overviewToHtml({
    title: 'Image APIs, side by side',
    generatedAt: '2026-03-01 10:05 UTC',
    checks: [conformant, violating, hostile],
    loads: [load, saturated],
    images: [
      { caption: 'acme, 1024x1024, seed 42', dataUri: tinyPng },
      { caption: HOSTILE, dataUri: 'data:image/svg+xml;base64,PHN2Zy8+' },
    ],
  });
  await expect(page).toMatchFileSnapshot('golden/overview.html');
});
