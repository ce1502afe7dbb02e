/** Pages and Markdown of loads: complete, readable without colour, and no text in them acts. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LoadReport } from '../../src/core/load-report.js';
import { axisTicks, durationTicks, spreadLabels } from '../../src/report/chart-scale.js';
import { comparisonToHtml } from '../../src/report/comparison-html.js';
import { comparisonToMarkdown } from '../../src/report/comparison-markdown.js';
import { comparisonFormats, loadFormats } from '../../src/report/formats.js';
import { loadToConsole } from '../../src/report/load-console.js';
import { loadToHtml } from '../../src/report/load-html.js';
import { loadToMarkdown } from '../../src/report/load-markdown.js';
import { comparison, comparisonFilledWith, curve, metrics } from './comparison-fixtures.js';
import { HOSTILE } from './hostile-fixtures.js';
import { load, loadFilledWith, saturated } from './load-fixtures.js';
import { markupMistake } from './markup-balance.js';

const slices = (scale: number) => Array.from({ length: 200 }, (_, slice) => Math.round(scale * (1 + (slice % 7))));
const whole: LoadReport = {
  ...load,
  driver: 'real',
  scenario: 'steady',
  policy: 'fixed:250ms',
  arrivals: { kind: 'poisson', ratePerSecond: 20 },
  durationMs: 20_000,
  warmUp: { durationMs: 2000, tasks: 40 },
  metrics,
  series: {
    sliceMs: 100,
    started: slices(2),
    ended: slices(2),
    inFlight: slices(9),
    polls: slices(20),
    throttled: slices(1),
  },
  percentiles: { submit: curve(8), poll: curve(3), timeToDetect: curve(500) },
};
const partial: LoadReport = { ...whole, partial: 'the target stopped answering: 40 requests in 10.0 s' };

const filledWith = (text: string): LoadReport => ({
  ...whole,
  ...loadFilledWith(text),
  policy: text,
  scenario: text,
  arrivals: { kind: text },
  partial: text,
  generator: { ...saturated.generator, reasons: [text] },
});

test('a page shows every chart, each with its figures as a table', () => {
  const page = loadToHtml(whole);
  expect(page.match(/<figure class="plot">/g)).toHaveLength(4);
  expect(page.match(/Figures of this chart/g)).toHaveLength(4);
  for (const text of ['Latency by percentile', 'Tasks in flight', 'answers 429', 'fixed:250ms', 'herd index'])
    expect(page).toContain(text);
  expect(loadToHtml(load)).not.toContain('<figure');
  expect(markupMistake(page)).toBeUndefined();
});

test('lines of one chart differ in dash and mark, and each has its name beside it', () => {
  for (const page of [loadToHtml(whole), comparisonToHtml(comparison)])
    for (const chart of page.split('<figure').slice(1)) {
      const dashes = chart.match(/stroke-dasharray="[^"]*"/g) ?? [];
      expect(new Set(dashes).size).toBe(dashes.length);
      expect(chart.match(/class="leader"/g)?.length ?? 0).toBeGreaterThanOrEqual(dashes.length);
    }
});

test('the comparison tells the front apart by shape and joins it', () => {
  const page = comparisonToHtml(comparison);
  const front = comparison.rows.filter(({ onFront }) => onFront).length;
  const [, byPolicy = '', pareto = ''] = page.split('<figure');
  expect(pareto.match(/<circle class="mark k0"/g)).toHaveLength(front);
  expect(pareto.match(/mark k1 hollow/g)).toHaveLength(comparison.rows.length - front);
  expect(byPolicy).toContain('aria-label="Time to detect by policy"');
  expect(page).toContain('class="ring"');
  expect(page).toContain(', recommended<');
  expect(comparisonToMarkdown(comparison)).toContain('| quantile\\:0.5 | yes | 1,430 |');
  expect([...comparisonFormats.keys()]).toEqual([...loadFormats.keys()]);
});

test('the time to detect is shown for every policy, on the front or not, and told apart without colour', () => {
  const [, byPolicy = ''] = comparisonToHtml(comparison).split('<figure');
  const rows = byPolicy.match(/class="span"/g) ?? [];
  expect(rows).toHaveLength(comparison.rows.length);
  const behind = comparison.rows.filter(({ onFront }) => !onFront).length;
  expect(behind).toBeGreaterThan(0);
  for (const kind of ['k0', 'k1', 'k2']) expect(byPolicy.split(`mark ${kind} hollow`)).toHaveLength(behind + 1);
  for (const { policy, onFront } of comparison.rows) {
    expect(byPolicy).toContain(`<title>${policy}</title>`);
    expect(byPolicy).toMatch(new RegExp(`>${policy.replaceAll('.', '\\.')}${onFront ? ' \\*' : ''}[ <]`));
  }
});

test('calls and stages stand in every report', () => {
  const latencyMs = { submit: whole.latencyMs.submit, poll: whole.latencyMs.poll };
  const rates = { startedPerSecond: 20, endedPerSecond: 19, pollsPerSecond: 60, latencyMs, timeToDetectMs: null };
  const called: LoadReport = {
    ...whole,
    leftOut: ['the delay of calls'],
    calls: { received: 1200, lost: 13, endedTasks: 1100 },
    stages: [{ name: '1 % lost', fromMs: 0, untilMs: 1_200_000, ...rates }],
  };
  for (const text of [loadToConsole(called, { color: false }), loadToHtml(called), loadToMarkdown(called)]) {
    expect(text).toContain('1,200 received, 13 more lost on purpose, 1,100 tasks seen to end by one');
    expect(text).toContain('the delay of calls');
    expect(text).toContain('1 % lost');
    expect(text).toContain('ended/s');
  }
});

test('every report of a run that was cut short, or whose generator was too busy, says so', () => {
  const busy: LoadReport = { ...partial, generator: { ...saturated.generator, reasons: ['the processor was busy'] } };
  for (const text of [loadToConsole(busy, { color: false }), loadToHtml(busy), loadToMarkdown(busy)]) {
    expect(text).toMatch(/ended early/i);
    expect(text).toContain('stopped answering');
    expect(text).toContain('too busy');
    expect(text).toContain('the processor was busy');
  }
});

test('a page asks for nothing and holds no script, whatever a target says', () => {
  const texts = fc.oneof(
    fc.constantFrom(
      HOSTILE,
      '</style><script>alert(1)</script>',
      '" onload="x',
      '](javascript:x)',
      '| a |\n# b',
      '&lt;',
    ),
    fc.string({ unit: 'binary', maxLength: 40 }),
  );
  fc.assert(
    fc.property(texts, (text) => {
      for (const page of [loadToHtml(filledWith(text)), comparisonToHtml(comparisonFilledWith(text))]) {
        expect(page).not.toMatch(/<script|<[a-z][^>]*\son[a-z]+=|<(?:img|link|iframe)\b|url\(|@import/i);
        expect(page).toContain("default-src 'none'");
        expect(markupMistake(page.replace(/<style>.*?<\/style>/s, ''))).toBeUndefined();
      }
      for (const text_ of [loadToMarkdown(filledWith(text)), comparisonToMarkdown(comparisonFilledWith(text))]) {
        // Every line is a heading, a sentence or a row of ours: no text can start one.
        expect(text_).not.toMatch(/^(?![#*>|]|$)/m);
        expect(text_).not.toMatch(/<[a-z/!]/i);
      }
    }),
    { numRuns: 60 },
  );
});

test('axes end at or beyond the data in few round steps', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (most) => {
      const ticks = axisTicks(most);
      expect(ticks[0]).toBe(0);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(most * (1 - 1e-6));
      expect(ticks.length).toBeGreaterThan(2);
      expect(ticks.length).toBeLessThan(7);
    }),
  );
});

test('an axis of equal factors has few ticks around its data', () => {
  const labels = (least: number, most: number) => durationTicks(least, most).map(({ label }) => label);
  expect(labels(190, 26_878)).toEqual(['100 ms', '1 s', '10 s', '100 s']);
  expect(labels(120, 900)).toEqual(['100 ms', '200 ms', '500 ms', '1 s']);
  expect(labels(40, 40)).toEqual(['20 ms', '50 ms']);
  fc.assert(
    fc.property(
      fc.double({ min: 0.001, max: 1e9, noNaN: true }),
      fc.double({ min: 1, max: 1e6, noNaN: true }),
      (least, factor) => {
        const ticks = durationTicks(least, least * factor);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(9);
        expect(ticks[0]?.ms).toBeLessThanOrEqual(least * 1.000001);
        expect(ticks.at(-1)?.ms).toBeGreaterThanOrEqual(least * factor * 0.999999);
      },
    ),
    { seed: 3 },
  );
});

test('labels keep their distance and their order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 12 }), (places) => {
      const spread = spreadLabels(places, 17, 0, 300);
      const sorted = [...spread].sort((one, other) => one - other);
      sorted.forEach((place, index) => {
        if (index > 0) expect(place - (sorted[index - 1] ?? 0)).toBeGreaterThanOrEqual(17 - 1e-9);
        expect(place).toBeGreaterThanOrEqual(-1e-9);
        expect(place).toBeLessThanOrEqual(300);
      });
      places.forEach((place, one) => {
        places.forEach((other, two) => {
          if (place < other) expect(spread[one]).toBeLessThan(spread[two] ?? 0);
        });
      });
    }),
  );
});
