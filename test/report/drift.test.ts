/** Two runs against one vendor: what has changed is told, and what only the seed has changed is not. */
import { describe, expect, test, vi } from 'vitest';
import type { CheckReport } from '../../src/core/check-report.js';
import type { DiffReport } from '../../src/core/drift-report.js';
import { UsageError } from '../../src/core/errors.js';
import type { Exchange } from '../../src/core/exchange.js';
import { checkToJson } from '../../src/report/check-json.js';
import { diffToConsole } from '../../src/report/diff-console.js';
import { diffToMarkdown } from '../../src/report/diff-markdown.js';
import { compareReports } from '../../src/report/drift/compare-reports.js';
import { readCheckReport } from '../../src/report/read-check-report.js';
import { judgeClean, judgeMock } from '../support/judge.js';
import { conformant, violating } from './fixtures.js';

/** A whole check on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

const vendors = ['apigo', 'apimart', 'evolink', 'gptimage15'];
const told = ({ drifts }: DiffReport) => drifts.map(({ area, severity, pointer }) => [area, severity, pointer ?? '']);

test.each(vendors)('two clean runs against %s with different seeds are the same', async (vendor) => {
  const { verdict, drifts } = compareReports(await judgeClean(vendor), await judgeMock(vendor, [], 2));
  expect(drifts).toEqual([]);
  expect(verdict).toBe('same');
});

test('a lost field breaks, also after a report was written and read', async () => {
  const broken = await judgeMock('gptimage15', ['missing-field']);
  const again = readCheckReport(checkToJson(broken), 'b.json');
  const diff = compareReports(await judgeClean('gptimage15'), again);
  expect(diff.verdict).toBe('breaking');
  expect(told(diff)).toContainEqual(['shape', 'error', '/data/task_id']);
  expect(told(diff)).toContainEqual(['findings', 'error', '/data/task_id']);
  expect(diff.notCompared).toContain('answers getStatus 200: only seen before');
  const back = compareReports(broken, await judgeClean('gptimage15'));
  expect(back.verdict).toBe('drift');
  expect(told(back)).toContainEqual(['shape', 'note', '/data/task_id']);
});

test('requests that are answered with another status', async () => {
  const diff = compareReports(await judgeClean('gptimage15'), await judgeMock('gptimage15', ['refuses-valid']));
  expect(diff.drifts).toContainEqual(
    expect.objectContaining({ area: 'codes', severity: 'error', before: '200', after: '400' }),
  );
});

/** The report with every exchange changed. */
function changed(report: CheckReport, change: (exchange: Exchange) => Exchange): CheckReport {
  return { ...report, exchanges: report.exchanges.map(change) };
}

function withBody(exchange: Exchange, edit: (text: string) => string): Exchange {
  const { answer } = exchange;
  return answer?.body === undefined ? exchange : { ...exchange, answer: { ...answer, body: edit(answer.body) } };
}

describe('one change at a time', () => {
  test('a number that becomes a text breaks, a null at times is a warning, a new field a note', async () => {
    const before = await judgeClean('evolink');
    const edited = (edit: (text: string, exchange: Exchange) => string) =>
      told(
        compareReports(
          before,
          changed(before, (one) => withBody(one, (text) => edit(text, one))),
        ),
      );
    expect(edited((text) => text.replace(/"progress":(\d+)/, '"progress":"$1"'))).toContainEqual([
      'shape',
      'error',
      '/progress',
    ]);
    const nulled = edited((text, { id }) =>
      id.endsWith('0') ? text.replace(/"progress":(\d+)/, '"progress":null') : text,
    );
    expect(new Set(nulled.map(([area, severity, pointer]) => `${area} ${severity} ${pointer}`))).toEqual(
      new Set(['shape warning /progress']),
    );
    const fresh = edited((text) => text.replace(/"progress":/, '"trace":{"id":1},"progress":'));
    expect(new Set(fresh.map((one) => one.join(' ')))).toEqual(new Set(['shape note /trace']));
  });

  test('another word for an end breaks, another word on the way is a warning', async () => {
    const before = await judgeClean('evolink');
    const renamed = (from: string, to: string): CheckReport => ({
      ...before,
      journeys: (before.journeys ?? []).map((journey) => ({
        ...journey,
        phases: journey.phases.map((phase) => (phase.word === from ? { ...phase, word: to } : phase)),
      })),
    });
    expect(told(compareReports(before, renamed('completed', 'done')))).toEqual([['words', 'error', '']]);
    expect(told(compareReports(before, renamed('processing', 'busy')))).toEqual([['words', 'warning', '']]);
  });

  test('another error type is told where the status was seen before', async () => {
    const before = await judgeClean('evolink');
    const after = changed(before, (one) => withBody(one, (text) => text.replaceAll('invalid_request', 'bad_request')));
    const drifts = compareReports(before, after).drifts.filter(({ area }) => area === 'codes');
    expect(drifts.length).toBeGreaterThan(0);
    expect(drifts[0]).toMatchObject({ severity: 'warning', after: expect.stringContaining('bad_request') });
  });

  test('tasks that take three times as long are a warning, twenty percent are nothing', async () => {
    const before = await judgeClean('gptimage15');
    const slower = (factor: number): CheckReport => {
      const submits = new Map(before.exchanges.map(({ id, startedAt }) => [id, startedAt]));
      return {
        ...before,
        journeys: (before.journeys ?? []).map((journey) => {
          const start = submits.get(journey.submit) ?? 0;
          return {
            ...journey,
            phases: journey.phases.map((one) => ({ ...one, at: start + (one.at - start) * factor })),
          };
        }),
      };
    };
    const timing = (factor: number) =>
      compareReports(before, slower(factor)).drifts.filter(({ area }) => area === 'timing');
    expect(timing(3).map(({ severity }) => severity)).toContain('warning');
    expect(timing(1.2)).toEqual([]);
    expect(timing(0.2).map(({ severity }) => severity)).toContain('note');
  });

  test('equal requests that cost more are a warning, also when the seed and so the prompts differ', async () => {
    const before = await judgeClean('gptimage15');
    const later = await judgeMock('gptimage15', [], 2);
    const dearer = {
      ...later,
      journeys: (later.journeys ?? []).map((one) => (one.cost ? { ...one, cost: one.cost * 2 } : one)),
    };
    expect((before.journeys ?? []).some(({ cost }) => (cost ?? 0) > 0)).toBe(true);
    const drifts = compareReports(before, dearer).drifts;
    expect(drifts.map(({ area, severity, before: was, after }) => [area, severity, was, after])).toEqual([
      ['price', 'warning', '10', '20'],
    ]);
  });

  test('another reading of the contract is told', () => {
    const after = { ...violating, dialects: [{ id: 'json-string', title: 'JSON as text', exchanges: [] }] };
    expect(told(compareReports(violating, after))).toEqual([['dialects', 'warning', '']]);
  });
});

test('reports of two vendors are not compared', () => {
  expect(() => compareReports(conformant, violating)).toThrow(UsageError);
  expect(() => compareReports(conformant, violating)).toThrow('about two vendors, "acme" and "umber"');
});

test('what a person reads about a drift', async () => {
  const after: CheckReport = {
    ...violating,
    startedAt: '2026-03-02T10:00:00.000Z',
    findings: violating.findings.slice(1),
    summary: { ...violating.summary, depth: 'full' },
    exchanges: violating.exchanges.map((one) =>
      withBody(one, (text) => text.replace('"progress":40', '"progress":"40"')),
    ),
    journeys: [],
  };
  const diff = compareReports(violating, after);
  await expect(diffToConsole(diff, { color: false })).toMatchFileSnapshot('golden/diff.txt');
  await expect(diffToMarkdown(diff)).toMatchFileSnapshot('golden/diff.md');
  expect(diffToConsole(compareReports(violating, violating), { color: false })).toContain('SAME: nothing has drifted');
});
