import { NotJudgedError } from '../core/errors.js';
import { type ExitCode, exitCodes } from '../core/exit-codes.js';
import type { LoadReport } from '../core/load-report.js';
import { resolveContract } from '../entry/contracts.js';
import { keyVariable } from '../entry/keys.js';
import { loadFormats } from '../report/formats.js';
import { loadToConsole } from '../report/load-console.js';
import { interruptSignal } from './interrupt.js';
import type { LoadArguments } from './load.js';
import { runLoadCompare } from './load-compare-run.js';
import { exportLoad } from './load-export.js';
import { hasTarget, withOwnMock } from './load-mock.js';
import { loadTargetOf, runRealLoad } from './load-real-run.js';
import { runVirtualLoad, scenarioList } from './load-virtual-run.js';
import { refuseWorkers } from './load-workers.js';
import { parseReportOption } from './options.js';
import { writeReports } from './write-reports.js';

/** A run in which no task was ever accepted says nothing about the target. */
function refuseEmpty(report: LoadReport, vendor: string): void {
  const { started, succeeded, failed, cancelled, live } = report.tasks;
  if (
    report.driver === 'virtual' ||
    report.saturation !== undefined ||
    started === 0 ||
    succeeded + failed + cancelled + live > 0
  )
    return;
  const reasons = Object.keys(report.errors);
  const only = reasons.length === 1 ? reasons[0] : undefined;
  if (only === 'submit 401')
    throw new NotJudgedError(`${report.target} refuses the key: give --api-key, or set ${keyVariable(vendor)}`);
  if (only === 'submit 402') throw new NotJudgedError(`${report.target} says that the account has no balance`);
  if (only === 'submit 404' || only === 'submit 405')
    throw new NotJudgedError(`${report.target} answers ${only.slice(-3)} to every submit: is the base URL right?`);
  if (reasons.length > 0 && reasons.every((reason) => !/ \d{3}$/.test(reason)))
    throw new NotJudgedError(`${report.target} cannot be reached: ${reasons.join(', ')}`);
}

async function run(args: LoadArguments, signal: AbortSignal): Promise<LoadReport> {
  const contract = await resolveContract(args.vendor);
  if (args.virtual || (args.scenario !== undefined && !hasTarget(args))) return runVirtualLoad(args, contract, signal);
  return withOwnMock(args, contract, (targeted) => runRealLoad(targeted, contract, signal));
}

function exitCodeOf(report: LoadReport, isInterrupted: boolean): ExitCode {
  if (isInterrupted) return exitCodes.interrupted;
  if (report.broken !== undefined || report.thresholds.some(({ ok }) => !ok)) return exitCodes.violations;
  // Not the thresholds ended it, so it was the target.
  return report.partial === undefined ? exitCodes.ok : exitCodes.notJudged;
}

export async function runLoadCommand(args: LoadArguments): Promise<void> {
  if (args.scenario === 'list') {
    process.stdout.write(scenarioList());
    return;
  }
  refuseWorkers(args);
  if (args['compare-policies']) return runLoadCompare(args);
  const outputs = args.report.map((text) => parseReportOption(text, [...loadFormats.keys()]));
  if (args.export !== undefined) return exportLoad(args, loadTargetOf(args, await resolveContract(args.vendor)));
  const interrupt = interruptSignal();
  try {
    const report = await run(args, interrupt.signal);
    refuseEmpty(report, args.vendor);
    process.stdout.write(loadToConsole(report, { color: process.stdout.isTTY === true }));
    await writeReports(report, loadFormats, outputs);
    process.exitCode = exitCodeOf(report, interrupt.signal.aborted);
  } finally {
    interrupt.release();
  }
}
