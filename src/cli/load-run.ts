import type { Contract } from '../contract/contract.js';
import { NotJudgedError, UsageError } from '../core/errors.js';
import { exitCodes } from '../core/exit-codes.js';
import type { LoadReport } from '../core/load-report.js';
import { isLoopback } from '../core/loopback.js';
import { resolveContract } from '../entry/contracts.js';
import { keyVariable, resolveKey } from '../entry/keys.js';
import { parseArrivals } from '../load/arrivals.js';
import { runLoad } from '../load/run-load.js';
import { runSaturation } from '../load/saturate.js';
import { loadFormats } from '../report/formats.js';
import { loadToConsole } from '../report/load-console.js';
import { interruptSignal } from './interrupt.js';
import type { LoadArguments } from './load.js';
import { runLoadCompare } from './load-compare-run.js';
import { exportLoad } from './load-export.js';
import { followLoad } from './load-progress.js';
import { onePolicy, runVirtualLoad, scenarioList } from './load-virtual-run.js';
import { parseReportOption } from './options.js';
import { createProgress } from './progress.js';
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
  if (reasons.every((reason) => !/ \d{3}$/.test(reason)))
    throw new NotJudgedError(`${report.target} cannot be reached: ${reasons.join(', ')}`);
}

/** Tasks a second on this machine, where nobody says more. */
const usualRate = 5;

function targetOf(args: LoadArguments, contract: Contract) {
  const baseUrl = args['base-url'] ?? contract.server;
  if (args.rate === undefined && !args.saturate && !isLoopback(baseUrl))
    throw new UsageError(`${baseUrl} is not this machine: give the --rate at which tasks start there`);
  const apiKey = resolveKey(contract.id, baseUrl, args['api-key'], process.env);
  return { contract, baseUrl, apiKey, rate: args.rate ?? usualRate };
}

async function run(args: LoadArguments, signal: AbortSignal): Promise<LoadReport> {
  const contract = await resolveContract(args.vendor);
  if (args.virtual || args.scenario !== undefined) return runVirtualLoad(args, contract, signal);
  const { rate, ...target } = targetOf(args, contract);
  const common = {
    ...target,
    allowRemote: args['allow-remote'],
    thresholds: args.threshold,
    seed: args.seed,
    signal,
  };
  if (args.saturate)
    return runSaturation({ ...common, connections: args.connections, durationMs: args.duration ?? 5_000 });
  if (args.tasks === undefined && args.duration === undefined)
    throw new UsageError('load needs --tasks N or --duration D (or --saturate)');
  const policy = onePolicy(args);
  if (policy?.callback === true)
    throw new UsageError(`${policy.name} needs a receiver of calls, which only --virtual has: choose another policy`);
  const progress = createProgress(process.stderr, 'nothing');
  try {
    return await runLoad({
      ...common,
      rate,
      arrivals: await parseArrivals(args.arrivals ?? 'constant', rate),
      ...(args.tasks === undefined ? {} : { tasks: args.tasks }),
      ...(args.duration === undefined ? {} : { durationMs: args.duration }),
      ...(args['max-tasks'] === undefined ? {} : { maxTasks: args['max-tasks'] }),
      ...(policy === undefined ? {} : { policy }),
      ...(args.timeout === undefined ? {} : { timeoutMs: args.timeout }),
      ...(args['abort-on-fail'] === undefined ? {} : { abortAfterMs: args['abort-on-fail'] }),
      ...(args['warm-up'] === undefined ? {} : { warmUpMs: args['warm-up'] }),
      ...(args['give-up-after'] === undefined ? {} : { giveUpAfterMs: args['give-up-after'] }),
      onEvent: followLoad(progress),
    });
  } finally {
    progress.end();
  }
}

export async function runLoadCommand(args: LoadArguments): Promise<void> {
  if (args.scenario === 'list') {
    process.stdout.write(scenarioList());
    return;
  }
  if (args['compare-policies']) return runLoadCompare(args);
  const outputs = args.report.map((text) => parseReportOption(text, [...loadFormats.keys()]));
  if (args.export !== undefined) return exportLoad(args, targetOf(args, await resolveContract(args.vendor)));
  const interrupt = interruptSignal();
  try {
    const report = await run(args, interrupt.signal);
    refuseEmpty(report, args.vendor);
    process.stdout.write(loadToConsole(report, { color: process.stdout.isTTY === true }));
    await writeReports(report, loadFormats, outputs);
    if (interrupt.signal.aborted) process.exitCode = exitCodes.interrupted;
    else if (report.thresholds.some(({ ok }) => !ok)) process.exitCode = exitCodes.violations;
    // Not the thresholds ended it, so it was the target.
    else if (report.partial !== undefined) process.exitCode = exitCodes.notJudged;
  } finally {
    interrupt.release();
  }
}
