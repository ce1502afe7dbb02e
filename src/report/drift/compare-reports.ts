import type { CheckReport } from '../../core/check-report.js';
import type { ComparedRun, DiffReport, Drift } from '../../core/drift-report.js';
import { UsageError } from '../../core/errors.js';
import { severities } from '../../core/facts.js';
import { withBaseline } from '../baseline.js';
import { errorCodeDrift, statusDrift } from './codes.js';
import { priceDrift } from './price.js';
import { shapeDrift } from './shape.js';
import { timingDrift } from './timing.js';
import { wordDrift } from './words.js';

const mostDrifts = 2000;

function runOf({ target, startedAt, seed, summary }: CheckReport): ComparedRun {
  return { target, startedAt, depth: summary.depth, seed, requests: summary.requests, tasks: summary.tasks };
}

function findingDrift(before: CheckReport, after: CheckReport): Drift[] {
  const { findings, baseline } = withBaseline(after, before, '');
  const fresh = findings
    .filter((finding) => finding.baseline === 'new')
    .map(
      ({ severity, operation, pointer, check, message }): Drift => ({
        area: 'findings',
        severity,
        operation,
        pointer,
        message: `${check}: ${message}`,
        after: 'new',
      }),
    );
  const gone = (baseline?.gone ?? []).map(
    ({ operation, pointer, check, message }): Drift => ({
      area: 'findings',
      severity: 'note',
      operation,
      pointer,
      message: `${check}: ${message}`,
      after: 'gone',
    }),
  );
  return [...fresh, ...gone];
}

function dialectDrift(before: CheckReport, after: CheckReport): Drift[] {
  const ids = ({ dialects = [] }: CheckReport) => dialects.map(({ id }) => id).sort();
  const [was, is] = [ids(before), ids(after)];
  if (was.join() === is.join()) return [];
  const texts = { before: was.join(', ') || 'none', after: is.join(', ') || 'none' };
  return [
    {
      area: 'dialects',
      severity: 'warning',
      operation: before.vendor,
      message: 'another reading is followed',
      ...texts,
    },
  ];
}

/** Findings of a check that only one of the runs could judge say nothing about a drift. */
function circumstances(before: CheckReport, after: CheckReport): string[] {
  const found: string[] = [];
  if (before.summary.depth !== after.summary.depth)
    found.push(`depth ${before.summary.depth} before, ${after.summary.depth} after: one has asked for less`);
  for (const [when, { summary }] of [
    ['before', before],
    ['after', after],
  ] as const)
    if (summary.stopped !== undefined) found.push(`the run ${when} stopped early: ${summary.stopped}`);
  return found;
}

/**
 * What has changed between two runs against the same vendor. Only what both have seen is compared. Durations count from
 * `factor` times as long (or short) on. Throws a `UsageError` for reports of two vendors.
 */
export function compareReports(before: CheckReport, after: CheckReport, factor = 2): DiffReport {
  if (before.vendor !== after.vendor)
    throw new UsageError(
      `The reports are about two vendors, ${JSON.stringify(before.vendor)} and ${JSON.stringify(after.vendor)}: drift is between two runs against one`,
    );
  const shape = shapeDrift(before, after);
  const all = [
    ...shape.drifts,
    ...wordDrift(before, after),
    ...statusDrift(before, after),
    ...errorCodeDrift(before, after),
    ...timingDrift(before, after, factor),
    ...priceDrift(before, after),
    ...findingDrift(before, after),
    ...dialectDrift(before, after),
  ];
  const drifts = severities.flatMap((severity) => all.filter((drift) => drift.severity === severity));
  const count = (severity: Drift['severity']) => drifts.filter((drift) => drift.severity === severity).length;
  const left = drifts.length - mostDrifts;
  return {
    schemaVersion: 1,
    kind: 'diff',
    tool: after.tool,
    vendor: after.vendor,
    before: runOf(before),
    after: runOf(after),
    verdict: count('error') > 0 ? 'breaking' : drifts.length > 0 ? 'drift' : 'same',
    summary: { error: count('error'), warning: count('warning'), note: count('note') },
    drifts: drifts.slice(0, mostDrifts),
    notCompared: [
      ...circumstances(before, after),
      ...shape.notCompared,
      ...(left > 0 ? [`${left} more drifts are left out`] : []),
    ],
  };
}
