import type { CheckReport, Finding } from '../core/check-report.js';
import { UsageError } from '../core/errors.js';
import { findingKey } from './finding-key.js';

/** So many of the findings that are gone are named; all are counted by the length of what `baseline` holds elsewhere. */
const mostGone = 500;

/**
 * The report with each finding marked as new or known by an earlier report of the same vendor. Throws a `UsageError`
 * where that is a report of another one.
 */
export function withBaseline(report: CheckReport, earlier: CheckReport, name: string): CheckReport {
  refuseForeign(report.vendor, earlier, name);
  const before = new Map(earlier.findings.map((finding) => [findingKey(finding, earlier), finding]));
  const now = new Set(report.findings.map((finding) => findingKey(finding, report)));
  const findings = report.findings.map((finding): Finding => {
    return { ...finding, baseline: before.has(findingKey(finding, report)) ? 'known' : 'new' };
  });
  const judged = new Set(
    report.checks.filter(({ verdict }) => verdict === 'pass' || verdict === 'fail').map(({ id }) => id),
  );
  const missing = [...before].filter(([key]) => !now.has(key)).map(([, finding]) => finding);
  const gone = missing.filter(({ check }) => judged.has(check));
  const known = findings.filter(({ baseline }) => baseline === 'known').length;
  return {
    ...report,
    findings,
    baseline: {
      startedAt: earlier.startedAt,
      new: findings.length - known,
      known,
      gone: gone
        .slice(0, mostGone)
        .map(({ check, severity, operation, pointer, message }) => ({ check, severity, operation, pointer, message })),
      notJudged: missing.length - gone.length,
    },
  };
}

/** Refuses a report about somebody else, before anything is sent for its sake. */
export function refuseForeign(vendor: string, earlier: CheckReport, name: string): void {
  if (earlier.vendor !== vendor)
    throw new UsageError(
      `--baseline ${name} is a report about ${JSON.stringify(earlier.vendor)}, and ${JSON.stringify(vendor)} is checked`,
    );
}

/** The report as an exit code must see it: findings that were known before do not count. */
export function withoutKnown(report: CheckReport): CheckReport {
  return report.baseline === undefined
    ? report
    : { ...report, findings: report.findings.filter(({ baseline }) => baseline !== 'known') };
}
