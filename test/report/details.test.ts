import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { UsageError } from '../../src/core/errors.js';
import { checkToConsole } from '../../src/report/check-console.js';
import { checkToJson } from '../../src/report/check-json.js';
import { checkToJunit } from '../../src/report/check-junit.js';
import { escapeHtml } from '../../src/report/escape-html.js';
import { escapeXml } from '../../src/report/escape-xml.js';
import { checkFormats, diffFormats, loadFormats, reporterFor } from '../../src/report/formats.js';
import { journeysOf } from '../../src/report/journeys.js';
import { loadToConsole } from '../../src/report/load-console.js';
import { overviewToHtml } from '../../src/report/overview-html.js';
import { columnsOf, wrapColumns } from '../../src/report/terminal-columns.js';
import { toTerminal } from '../../src/report/terminal-text.js';
import { root } from '../support/source-tree.js';
import { exchange, exchanges } from './exchange-fixtures.js';
import { conformant, findings, tinyPng, violating } from './fixtures.js';
import { load } from './load-fixtures.js';

test('a terminal sees control characters written out', () => {
  expect(toTerminal('\u001b[2J\u0000\u009b\n\t\u202e\ud800\u{e0041}')).toBe(
    '\\u001b[2J\\u0000\\u009b\\n\\t\\u202e\\ud800\\u{e0041}',
  );
  expect(toTerminal('图 👩\u200d🎨 é')).toBe('图 👩\u200d🎨 é');
});

test('terminal text is bounded, and neither an escape nor a character is cut in half', () => {
  expect(toTerminal('abcdef', 6)).toBe('abcdef');
  expect(toTerminal('abcdefg', 6)).toBe('abcde…');
  expect(toTerminal('ab\u001b[2J', 6)).toBe('ab…');
  expect(toTerminal('👍👍👍', 3)).toBe('👍👍👍');
  expect(toTerminal('👍👍👍👍', 3)).toBe('👍👍…');
  expect(toTerminal('x'.repeat(10_000))).toHaveLength(500);
});

test('wide characters count two columns when a line is wrapped', () => {
  expect(columnsOf('图片 ok')).toBe(7);
  expect(wrapColumns('图片尺寸与请求不符', 10)).toEqual(['图片尺寸与', '请求不符']);
  expect(wrapColumns('one two three', 10)).toEqual(['one two', 'three']);
});

test('escaping for HTML and XML covers content and quoted attributes', () => {
  expect(escapeHtml('<a href="x">&\'\u0000')).toBe('&lt;a href=&quot;x&quot;&gt;&amp;&#39;\\u0000');
  expect(escapeXml(']]> \n\t\u0001\ufffe"')).toBe(']]&gt; &#10;&#9;\\u0001\\ufffe&quot;');
});

test('colour changes nothing but colour', () => {
  const painted = checkToConsole(violating, { color: true });
  expect(painted).toContain('\u001b[31mERROR\u001b[39m');
  expect(stripVTControlCharacters(painted)).toBe(checkToConsole(violating, { color: false }));
  expect(stripVTControlCharacters(loadToConsole(load, { color: true }))).toBe(loadToConsole(load, { color: false }));
});

test('JSON does not depend on the order in which a report was put together', () => {
  const shuffled = Object.fromEntries(Object.entries(violating).reverse()) as unknown as typeof violating;
  expect(checkToJson(shuffled)).toBe(checkToJson(violating));
  expect(Object.keys(JSON.parse(checkToJson(shuffled))).slice(0, 4)).toEqual([
    'schemaVersion',
    'kind',
    'tool',
    'vendor',
  ]);
});

test('JUnit loses no finding whose check is not in the list', () => {
  const made = checkToJunit({ ...conformant, findings: findings.slice(0, 1) });
  expect(made).toContain('tests="11" failures="1"');
  expect(made).toContain('The answer does not say when the result URL expires.');
});

test('JUnit keeps a finding of a passed check as output', () => {
  const [finding] = findings;
  if (!finding) throw new Error('the fixture has findings');
  const made = checkToJunit({ ...conformant, findings: [{ ...finding, check: 'unknown-task' }] });
  expect(made).toContain('failures="0"');
  expect(made).toContain('<system-out>note The answer does not say');
});

test('a failed check without a finding still fails in JUnit', () => {
  const made = checkToJunit({ ...violating, findings: [] });
  expect(made).toContain('failures="4"');
  expect(made).toContain('<failure message="Every answer fits its schema does not hold" type="error"/>');
});

test('a journey is read from the exchanges without knowing the contract', () => {
  expect(journeysOf(exchanges)).toEqual([
    {
      taskId: 'task-7f3a',
      probe: 'text-to-image',
      durationMs: 290,
      steps: [
        { kind: 'submit', label: 'submit', status: 200, count: 1 },
        { kind: 'follow', label: 'pending', status: 200, count: 1 },
        { kind: 'follow', label: 'processing', status: 200, count: 2 },
        { kind: 'follow', label: 'completed', status: 200, count: 1 },
        { kind: 'download', label: 'download', status: 200, count: 1 },
      ],
    },
  ]);
});

test('a journey follows an id in the query too, and a submit that nobody polls is none', () => {
  const submit = exchange(1, 'POST', '/jobs', '{"data":{"taskId":"job-1"}}');
  const poll = exchange(2, 'GET', '/jobs/info?taskId=job-1', '{"data":{"state":"queued"}}');
  const alone = exchange(3, 'POST', '/jobs', '{"data":{"taskId":"job-2"}}');
  expect(journeysOf([submit, poll, alone]).map(({ taskId, steps }) => [taskId, steps.at(-1)?.label])).toEqual([
    ['job-1', 'queued'],
  ]);
});

test('the page asks for nothing and shows only harmless image data', () => {
  const show = (dataUri: string) =>
    overviewToHtml({ title: 't', generatedAt: 'now', checks: [], loads: [], images: [{ caption: 'c', dataUri }] });
  expect(show(tinyPng)).toContain(`<img src="${tinyPng}"`);
  for (const bad of [
    'https://images.example/1.png',
    'data:image/svg+xml;base64,PHN2Zy8+',
    'data:text/html;base64,PGI+',
    `${tinyPng}\n`,
    `${tinyPng}" onerror="x`,
  ])
    expect(show(bad)).not.toContain('<img');
});

test('a page without reports is still a page', () => {
  const page = overviewToHtml({ title: 'Empty', generatedAt: 'now', checks: [], loads: [], images: [] });
  expect(page).toMatch(/^<!doctype html>/);
  expect(page).not.toContain('<section>');
});

test('the help of a command names every format that it can write', () => {
  const help = (file: string) => readFileSync(join(root, 'src/cli', file), 'utf8');
  for (const [file, formats] of [
    ['check.ts', checkFormats],
    ['diff.ts', diffFormats],
  ] as const)
    for (const name of formats.keys()) expect(help(file)).toMatch(new RegExp(`FORMAT=PATH with [a-z, ]*\\b${name}\\b`));
});

test('report formats are found by name, and an unknown one lists what there is', () => {
  expect(reporterFor(checkFormats, 'junit')).toBe(checkToJunit);
  expect(reporterFor(loadFormats, 'json')(load)).toContain('"kind": "load"');
  expect(() => reporterFor(checkFormats, 'pdf')).toThrow(UsageError);
  expect(() => reporterFor(checkFormats, 'pdf')).toThrow(
    'report format "pdf" is unknown: use json, junit, sarif, markdown, har or html',
  );
});
