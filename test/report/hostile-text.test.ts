/** No text of a server, a contract or a report file gets to act: not in a terminal, a page, an XML or a JSON file. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DiffReport } from '../../src/core/drift-report.js';
import { checkToConsole } from '../../src/report/check-console.js';
import { checkToHar } from '../../src/report/check-har.js';
import { checkToHtml } from '../../src/report/check-html.js';
import { checkToJson } from '../../src/report/check-json.js';
import { checkToJunit } from '../../src/report/check-junit.js';
import { checkToMarkdown } from '../../src/report/check-markdown.js';
import { checkToSarif } from '../../src/report/check-sarif.js';
import { comparisonToConsole } from '../../src/report/comparison-console.js';
import { diffToConsole } from '../../src/report/diff-console.js';
import { diffToMarkdown } from '../../src/report/diff-markdown.js';
import { compareReports } from '../../src/report/drift/compare-reports.js';
import { checkFormats, comparisonFormats, diffFormats, loadFormats } from '../../src/report/formats.js';
import { loadToConsole } from '../../src/report/load-console.js';
import { overviewToHtml } from '../../src/report/overview-html.js';
import type { ReportContext } from '../../src/report/report-context.js';
import { comparisonFilledWith } from './comparison-fixtures.js';
import { filledWith } from './hostile-fixtures.js';
import { loadFilledWith } from './load-fixtures.js';
import { markdownSkeleton } from './markdown-skeleton.js';
import { markupMistake } from './markup-balance.js';

const fragments = [
  ...['<script>', '</script>', '<SCRIPT ', '<!--', ']]>', '<![CDATA[', '"', "'", '&', '&lt', '" onload="x'],
  ...['\u001b[2J', '\u001b]0;t\u0007', '\u0000', '\n', '\r', '\t', '\u0085', '\u009b', '\u202e', '\u2028', '\ufffe'],
  ...['\ud800', '\udc00', '\u{e0041}', '\u{1fffe}', '图', '👩\u200d🎨', '__proto__', '</style>', '</details>'],
  ...['```', '\n````\n', '`', '|', '\\', '[a](https://x.example)', '![a](b)', '@you', '#1', 'www.x.example', ':+1:'],
  ...['\n\n# h', '~~~', '<b>', '$x$', '**', '__', '&#60;', '\n- ', '[^1]: x', '{0}', 'GH-1'],
];
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...fragments),
      fc.string({ unit: 'binary' }),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

/** Everything that no output may hold, whichever line breaks it uses itself. */
const raw = /(?!\n)[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const rawBesidesTabs = /(?![\n\t])[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

const page = (text: string) =>
  overviewToHtml({
    title: text,
    generatedAt: text,
    checks: [filledWith(text)],
    loads: [loadFilledWith(text)],
    images: [
      { caption: text, dataUri: text },
      { caption: text, dataUri: `data:image/png;base64,${text}` },
    ],
  });

test('whatever can be written, of checks, loads, comparisons and drift, shows no text raw', () => {
  const written = (text: string) => [
    ...[...checkFormats.values()].map((write) => write(filledWith(text), context(text))),
    ...[...loadFormats.values()].map((write) => write(loadFilledWith(text))),
    ...[...comparisonFormats.values()].map((write) => write(comparisonFilledWith(text))),
    ...[...diffFormats.values()].map((write) => write(drifted(text))),
  ];
  expect(written('x').filter((made) => !made.includes('x'))).toEqual([]);
  fc.assert(
    fc.property(anyText, (text) => {
      for (const made of written(text)) expect(made).not.toMatch(rawBesidesTabs);
    }),
    { numRuns: 60 },
  );
});

test('no text acts on a terminal', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 200 }), fc.boolean(), (text, width, verbose) => {
      expect(checkToConsole(filledWith(text), { color: false, width, verbose })).not.toMatch(raw);
      expect(loadToConsole(loadFilledWith(text), { color: false })).not.toMatch(raw);
      expect(comparisonToConsole(comparisonFilledWith(text), { color: false })).not.toMatch(raw);
    }),
    { numRuns: 200 },
  );
});

const context = (text: string): ReportContext => ({ rationale: () => text, fact: () => ({ mark: 'S', says: text }) });

test.each([
  ['of all vendors', page],
  ['of one check', (text: string) => checkToHtml(filledWith(text), context(text))],
])('no text acts in the page %s, and the page stays well-formed', (_, pageOf) => {
  fc.assert(
    fc.property(anyText, (text) => {
      const made = pageOf(text);
      // What stands between the quotes of an attribute is text.
      expect(made.replace(/="[^"]*"/g, '')).not.toMatch(/<script|<[a-z][^>]*\son[a-z]+|javascript:/i);
      expect(made).not.toMatch(rawBesidesTabs);
      expect(markupMistake(made)).toBeUndefined();
    }),
    { numRuns: 200 },
  );
});

test('JUnit stays well-formed whatever the text', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const made = checkToJunit(filledWith(text));
      expect(made).not.toMatch(/<script/i);
      expect(made).not.toMatch(raw);
      expect(made).not.toMatch(/[\ufffe\uffff]/);
      expect(markupMistake(made)).toBeUndefined();
    }),
    { numRuns: 200 },
  );
});

test('JSON gives back every text and shows none of it raw', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const report = filledWith(text);
      const made = checkToJson(report);
      expect(JSON.parse(made)).toEqual(JSON.parse(JSON.stringify(report)));
      expect(made).not.toMatch(raw);
    }),
    { numRuns: 200 },
  );
});

/** A report in which nothing is empty, so that equal structure means equal places. */
const filledMarkdown = (text: string) => checkToMarkdown(filledWith(text), context(text));

test('Markdown keeps its structure whatever the text, and nobody is mentioned', () => {
  const benign = markdownSkeleton(filledMarkdown('x'));
  fc.assert(
    fc.property(anyText, (text) => {
      const made = filledMarkdown(`x${text}x`);
      expect(made).not.toMatch(rawBesidesTabs);
      expect(markdownSkeleton(made)).toBe(benign);
    }),
    { numRuns: 300 },
  );
});

test('the small Markdown reader of these tests notices what gets out', () => {
  const skeleton = (text: string) => markdownSkeleton(`a ${text} b`);
  expect(skeleton('`<b>` \\* &lt;')).toBe('');
  for (const bad of ['<b>', '*b*', '`` ` ', '[x]', '@you', '#1', 'a | b', '\\\\*', '\n```\nx'])
    expect(skeleton(bad)).not.toBe('');
});

test('HAR and SARIF stay JSON and show no text raw', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      for (const made of [checkToHar(filledWith(text)), checkToSarif(filledWith(text))]) {
        expect(() => JSON.parse(made)).not.toThrow();
        expect(made).not.toMatch(raw);
      }
    }),
    { numRuns: 100 },
  );
});

test('what has drifted is told without any text acting', () => {
  const benign = markdownSkeleton(diffToMarkdown(drifted('x')));
  fc.assert(
    fc.property(anyText, (text) => {
      const diff = drifted(`x${text}x`);
      expect(diffToConsole(diff, { color: false })).not.toMatch(raw);
      expect(markdownSkeleton(diffToMarkdown(diff))).toBe(benign);
    }),
    { numRuns: 100 },
  );
});

/** Every text of a drift, filled in. */
function drifted(text: string): DiffReport {
  const empty = { ...filledWith(text), findings: [], checks: [], exchanges: [], journeys: [], dialects: [] };
  const diff = compareReports(empty, empty);
  const drift = {
    area: 'shape',
    severity: 'error',
    operation: text,
    pointer: text,
    message: text,
    before: text,
    after: text,
  } as const;
  return { ...diff, drifts: [drift], notCompared: [text] };
}

test.each(['<script>', '\u001b[2J', '`', '| @you ', '\u202e\ud800', '](x)'])('a megabyte of %j is cut', (piece) => {
  const report = filledWith(piece.repeat(Math.ceil(1_000_000 / piece.length)));
  expect(checkToMarkdown(report).length).toBeLessThan(100_000);
  expect(checkToSarif(report).length).toBeLessThan(300_000);
  expect(checkToHtml(report).length).toBeLessThan(500_000);
});

test('the small XML reader of these tests notices what is broken', () => {
  expect(markupMistake('<a><b></a></b>')).toBe('</a> closes nothing');
  expect(markupMistake('<a>')).toBe('<a> is never closed');
  expect(markupMistake('<a>1 < 2</a>')).toMatch('no tag');
  expect(markupMistake('<a b="&"/>')).toMatch('bare &');
  expect(markupMistake('<a>R&D</a>')).toMatch('bare &');
  expect(markupMistake('<a b="1"><c/>x &amp; y</a>')).toBeUndefined();
});
