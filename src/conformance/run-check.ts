import type { CheckOutcome, CheckReport, CheckVerdict, Finding, ReportVerdict } from '../core/check-report.js';
import { type ExitCode, exitCodes } from '../core/exit-codes.js';
import { isAtLeast, type Severity, severities } from '../core/facts.js';
import { anySignal } from '../platform/abort.js';
import { createChannel } from './channel.js';
import { type CheckEvent, type CheckOptions, stoppedBySignal } from './check-options.js';
import { checks as allChecks } from './checks/index.gen.js';
import { keywordCoverage } from './coverage/keyword-coverage.js';
import { recordJourney } from './journey-record.js';
import { judgeBy } from './judge.js';
import { planOf, type Selection, select } from './selection.js';
import { runSession, type SessionResult } from './session.js';

/** So many exchanges are kept whether anything cites them or not; a report can be judged again as far as it keeps them. */
const keptExchanges = 5_000;

function verdictOf(outcomes: readonly CheckOutcome[], findings: readonly Finding[], failOn: Severity): ReportVerdict {
  if (findings.some(({ severity }) => isAtLeast(severity, failOn))) return 'violations';
  return outcomes.some(({ verdict }) => verdict === 'pass' || verdict === 'fail') ? 'conformant' : 'inconclusive';
}

function countBy<K extends string>(keys: readonly K[], values: readonly K[]): Record<K, number> {
  return Object.fromEntries(keys.map((key) => [key, values.filter((value) => value === key).length])) as Record<
    K,
    number
  >;
}

const verdicts: readonly CheckVerdict[] = ['pass', 'fail', 'inconclusive', 'skipped'];

function judgeAll(session: SessionResult, selection: Selection) {
  const judged = allChecks.map((check) => {
    if (selection.checks.includes(check)) return judgeBy(check, session.evidence, session.redact);
    const outcome: CheckOutcome = {
      id: check.id,
      title: check.title,
      ledger: [...check.facts],
      verdict: 'skipped',
      reason: 'not chosen',
      observations: 0,
    };
    return { outcome, findings: [] };
  });
  return { outcomes: judged.map(({ outcome }) => outcome), findings: judged.flatMap(({ findings }) => findings) };
}

function reportOf(options: CheckOptions, startedAt: number, session: SessionResult, selection: Selection): CheckReport {
  const { evidence } = session;
  const { outcomes, findings } = judgeAll(session, selection);
  const cited = new Set(findings.flatMap((finding) => finding.evidence.exchanges));
  const exchanges = evidence.sent.map(({ exchange }) => exchange);
  const accepted = evidence.sent.filter(
    ({ operation, status = 0 }) => operation?.task !== undefined && status >= 200 && status < 300,
  );
  const images = evidence.journeys.flatMap(({ results }) => results).filter(({ image }) => image !== undefined);
  return {
    schemaVersion: 1,
    kind: 'check',
    tool: { name: 'proofsheet', version: options.version },
    vendor: options.contract.id,
    target: session.redact(options.baseUrl),
    seed: options.seed,
    startedAt: new Date(startedAt).toISOString(),
    finishedAt: new Date(options.clock.now()).toISOString(),
    verdict: verdictOf(outcomes, findings, options.failOn ?? 'error'),
    summary: {
      depth: options.depth,
      requests: exchanges.length,
      tasks: accepted.length,
      images: images.length,
      checks: countBy(
        verdicts,
        outcomes.map(({ verdict }) => verdict),
      ),
      findings: countBy(
        severities,
        findings.map(({ severity }) => severity),
      ),
      ...(session.stopped === undefined ? {} : { stopped: session.stopped }),
    },
    checks: outcomes,
    probes: [...evidence.probes.values()],
    findings,
    journeys: evidence.journeys.map(recordJourney),
    coverage: keywordCoverage(evidence),
    exchanges: exchanges.filter(({ id }, index) => index < keptExchanges || cited.has(id)),
  };
}

/**
 * Judges an endpoint by its contract: events while it goes on, the report in the end. Throws a `NotJudgedError` where
 * nothing can be judged and a `UsageError` on an unknown check; stopping it by the signal gives a partial report.
 */
export async function* runCheck(options: CheckOptions): AsyncGenerator<CheckEvent, CheckReport> {
  const selection = select(options);
  const startedAt = options.clock.now();
  yield { type: 'started', plan: planOf(options, selection) };
  const channel = createChannel<CheckEvent>();
  const halt = new AbortController();
  const signal = anySignal(options.signal, halt.signal);
  const running = runSession({ ...options, signal }, selection, channel.push).then(
    (session) => {
      channel.close();
      return session;
    },
    (error: unknown) => {
      channel.close(error);
      return undefined;
    },
  );
  try {
    yield* channel.read();
  } finally {
    // Whoever stops reading stops the run.
    halt.abort();
  }
  const session = await running;
  if (session === undefined) throw new Error('The run ended without a result');
  const report = reportOf(options, startedAt, session, selection);
  for (const finding of report.findings) yield { type: 'finding', finding };
  yield { type: 'finished', report };
  return report;
}

/** The exit code of `check`: 130 when interrupted, 1 on findings at or above the severity, 3 where nothing was judged. */
export function exitCodeFor(report: CheckReport, failOn: Severity = 'error'): ExitCode {
  if (report.summary.stopped === stoppedBySignal) return exitCodes.interrupted;
  if (report.findings.some(({ severity }) => isAtLeast(severity, failOn))) return exitCodes.violations;
  return report.verdict === 'inconclusive' ? exitCodes.notJudged : exitCodes.ok;
}
