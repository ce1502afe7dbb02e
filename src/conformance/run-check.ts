import type { Contract } from '../contract/contract.js';
import type {
  CheckOutcome,
  CheckReport,
  CheckVerdict,
  DialectSeen,
  Finding,
  ReportVerdict,
} from '../core/check-report.js';
import type { Exchange } from '../core/exchange.js';
import { type ExitCode, exitCodes } from '../core/exit-codes.js';
import { isAtLeast, type Severity, severities } from '../core/facts.js';
import { isLoopback } from '../core/loopback.js';
import { anySignal } from '../platform/abort.js';
import { createChannel } from './channel.js';
import { type CheckEvent, type CheckOptions, stoppedBySignal } from './check-options.js';
import { checks as allChecks } from './checks/index.gen.js';
import { keywordCoverage } from './coverage/keyword-coverage.js';
import { explained, recognise } from './dialects/recognise.js';
import { reread, wasLost } from './dialects/reread.js';
import { estimateFigures } from './estimates.js';
import type { Evidence } from './evidence.js';
import { countTasks } from './idempotency.js';
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

function judgeAll(evidence: Evidence, redact: SessionResult['redact'], selection: Pick<Selection, 'checks'>) {
  const judged = allChecks.map((check) => {
    if (selection.checks.includes(check)) return judgeBy(check, evidence, redact);
    const outcome: CheckOutcome = {
      id: check.id,
      title: check.title,
      ledger: [...check.facts],
      ...(check.codes === undefined ? {} : { codes: check.codes }),
      verdict: 'skipped',
      reason: 'not chosen',
      observations: 0,
    };
    return { outcome, findings: [] };
  });
  return { outcomes: judged.map(({ outcome }) => outcome), findings: judged.flatMap(({ findings }) => findings) };
}

/**
 * What was seen in the reading that fits it. Where tasks could not be followed in the documented one, they are tried once
 * more on this machine, where that costs nothing; elsewhere what was seen has to do.
 */
async function asSpoken(
  options: CheckOptions,
  selection: Selection,
  session: SessionResult,
  run: (contract: Contract) => Promise<SessionResult>,
): Promise<SessionResult & { readonly dialects: readonly DialectSeen[] }> {
  const given = options.contract.dialects.map((id) => ({ id, title: id, exchanges: [] }));
  const judge = (evidence: Evidence) => judgeAll(evidence, session.redact, selection).findings;
  const findings = options.readings === undefined || session.stopped !== undefined ? [] : judge(session.evidence);
  if (options.readings === undefined || findings.length === 0) return { ...session, dialects: given };
  const found = await recognise(session.evidence, findings, options.readings, judge);
  if (found === undefined) return { ...session, dialects: given };
  const { dialects, contract, evidence } = found;
  if (!isLoopback(options.baseUrl) || !wasLost(session.evidence, evidence)) return { ...session, evidence, dialects };
  const again = await run(contract);
  const documented = judge(reread(again.evidence, options.contract));
  const exchanges = explained(documented, judge(again.evidence));
  return { ...again, dialects: dialects.map((dialect) => ({ ...dialect, exchanges })) };
}

/** What a report says of the run besides what was seen. */
export type ReportFrame = Pick<CheckOptions, 'contract' | 'baseUrl' | 'seed' | 'version' | 'failOn'> & {
  readonly depth: string;
  /** Unix milliseconds. */
  readonly startedAt: number;
  /** Unix milliseconds. */
  readonly finishedAt: number;
  /** What is shown where not all of it could be judged; all that was seen by default. */
  readonly exchanges?: readonly Exchange[];
};

/** What a run, or a recording of one, brought. */
export type Seen = Pick<SessionResult, 'evidence' | 'redact' | 'stopped'> & {
  readonly dialects?: readonly DialectSeen[];
  readonly callbacks?: SessionResult['callbacks'];
};

/** Judges what was seen by the chosen checks. */
export function reportOf(options: ReportFrame, session: Seen, selection: Pick<Selection, 'checks'>): CheckReport {
  const { evidence, dialects = [], callbacks = [] } = session;
  const { outcomes, findings } = judgeAll(evidence, session.redact, selection);
  const cited = new Set(findings.flatMap((finding) => finding.evidence.exchanges));
  const exchanges = options.exchanges ?? evidence.sent.map(({ exchange }) => exchange);
  const accepted = evidence.sent.filter(
    ({ operation, status = 0 }) => operation?.task !== undefined && status >= 200 && status < 300,
  );
  const estimates = estimateFigures(evidence.journeys);
  const images = evidence.journeys.flatMap(({ results }) => results).filter(({ image }) => image !== undefined);
  return {
    schemaVersion: 1,
    kind: 'check',
    tool: { name: 'proofsheet', version: options.version },
    vendor: options.contract.id,
    target: session.redact(options.baseUrl),
    seed: options.seed,
    startedAt: new Date(options.startedAt).toISOString(),
    finishedAt: new Date(options.finishedAt).toISOString(),
    verdict: verdictOf(outcomes, findings, options.failOn ?? 'error'),
    summary: {
      depth: options.depth,
      requests: exchanges.length,
      tasks: countTasks(accepted),
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
    ...(evidence.probes.size === 0 ? {} : { probes: [...evidence.probes.values()] }),
    findings,
    journeys: evidence.journeys.map(recordJourney),
    ...(estimates === undefined ? {} : { estimates }),
    ...(callbacks.length === 0 ? {} : { callbacks: callbacks.map(({ record }) => record) }),
    ...(dialects.length === 0 ? {} : { dialects }),
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
  const run = (contract: Contract) => runSession({ ...options, contract, signal }, selection, channel.push);
  const judged = run(options.contract).then((session) => asSpoken(options, selection, session, run));
  const running = judged.then(
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
  const report = reportOf({ ...options, startedAt, finishedAt: options.clock.now() }, session, selection);
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
