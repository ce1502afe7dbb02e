import type { Contract } from '../contract/contract.js';
import { UsageError } from '../core/errors.js';
import { exitCodes } from '../core/exit-codes.js';
import type { LoadReport, PolicyComparison } from '../core/load-report.js';
import { isLoopback } from '../core/loopback.js';
import { fixed, learnQuantiles, type PollingPolicy, parsePolicy, quantileGuided } from '../core/polling.js';
import { resolveContract } from '../entry/contracts.js';
import { resolveKey } from '../entry/keys.js';
import { parseArrivals } from '../load/arrivals.js';
import { comparePolicies } from '../load/compare-policies.js';
import type { LoadSample } from '../load/load-sample.js';
import { runLoad } from '../load/run-load.js';
import { runVirtual } from '../load/virtual/run-virtual.js';
import type { CallbackReceiver } from '../platform/callback-receiver.js';
import { targetOf } from '../platform/target.js';
import { comparisonToConsole } from '../report/comparison-console.js';
import { comparisonFormats } from '../report/formats.js';
import { interruptSignal } from './interrupt.js';
import type { LoadArguments } from './load.js';
import { withOwnMock } from './load-mock.js';
import { receiverFor } from './load-real-run.js';
import { virtualRun } from './load-virtual-run.js';
import { parseReportOption } from './options.js';
import { createProgress } from './progress.js';
import { writeReports } from './write-reports.js';

/** What people usually write, slow and quick, and every kind of jitter; guidance by the vendor comes on top. */
const usual = [
  'fixed:1s',
  'fixed:5s',
  'exponential:1s,1.5,45s',
  'full-jitter:1s,2,30s',
  'equal-jitter:1s,2,30s',
  'decorrelated-jitter:1s,30s',
  'eta:1s',
  'server-guided',
];
const withCalls = 'webhook:60s';

/** A few tasks whose durations are watched closely, with a seed of their own, before the policies are compared. */
const PILOT_TASKS = 500;
const PILOT_INTERVAL_MS = 500;

type Run = (
  policy: PollingPolicy,
  more: { tasks?: number; seed?: number; onSample?: (sample: LoadSample) => void },
) => Promise<LoadReport>;

interface Bench {
  readonly target: string;
  readonly calls: boolean;
  readonly run: Run;
}

async function virtualBench(args: LoadArguments, contract: Contract, signal: AbortSignal): Promise<Bench> {
  const options = await virtualRun(args, contract, signal);
  return {
    target: 'a modelled server, in virtual time',
    calls: contract.submit?.task.request.callback !== undefined,
    run: (policy, more) => runVirtual({ ...options, policy, ...more }),
  };
}

async function realBench(
  args: LoadArguments,
  contract: Contract,
  baseUrl: string,
  receiver: CallbackReceiver | undefined,
  signal: AbortSignal,
): Promise<Bench> {
  if (!isLoopback(baseUrl))
    throw new UsageError(
      'Policies are compared in virtual time or against a mock on this machine: every task costs money elsewhere',
    );
  if (args.tasks === undefined && args.duration === undefined)
    throw new UsageError('To compare policies over HTTP, give --tasks N or --duration D for each of them');
  const rate = args.rate ?? 5;
  const arrivals = await parseArrivals(args.arrivals ?? 'constant', rate);
  return {
    target: baseUrl,
    calls: receiver !== undefined,
    run: (policy, { tasks = args.tasks, seed = args.seed, onSample }) =>
      runLoad({
        contract,
        baseUrl,
        apiKey: resolveKey(contract.id, baseUrl, args['api-key'], process.env),
        rate,
        arrivals,
        policy,
        seed,
        signal,
        ownAccount: args.mock,
        ...(receiver === undefined ? {} : { receiver }),
        ...(tasks === undefined ? {} : { tasks }),
        ...(args.duration === undefined ? {} : { durationMs: args.duration }),
        ...(args.timeout === undefined ? {} : { timeoutMs: args.timeout }),
        ...(onSample === undefined
          ? {}
          : { onEvent: (event) => event.type !== 'progress' && event.type !== 'planned' && onSample(event) }),
      }),
  };
}

/** A policy guided by the durations of a few tasks; none where too few of them tell when they were ready. */
async function learned(run: Run, seed: number): Promise<PollingPolicy[]> {
  const durations: number[] = [];
  const onSample = (sample: LoadSample) => {
    if (sample.type === 'ended' && sample.readyAt !== undefined) durations.push(sample.readyAt - sample.plannedAt);
  };
  await run(fixed(PILOT_INTERVAL_MS), { tasks: PILOT_TASKS, seed: seed + 1, onSample });
  return durations.length < 10 ? [] : [quantileGuided(learnQuantiles(durations))];
}

async function compare(args: LoadArguments, contract: Contract, signal: AbortSignal): Promise<PolicyComparison> {
  if (contract.submit?.task.mode === 'sync')
    throw new UsageError(
      `${contract.id} answers at once: there is nothing to poll, so there are no policies to compare`,
    );
  const given = args.policy.map(parsePolicy);
  const baseUrl = args['base-url'] === undefined ? undefined : targetOf(contract.server, args['base-url']);
  const calls = contract.submit?.task.request.callback !== undefined;
  const receiver =
    baseUrl !== undefined && calls ? await receiverFor(args, parsePolicy(withCalls), baseUrl) : undefined;
  const progress = createProgress(process.stderr, 'nothing');
  try {
    const bench =
      baseUrl === undefined
        ? await virtualBench(args, contract, signal)
        : await realBench(args, contract, baseUrl, receiver, signal);
    progress.show('learning how long tasks take');
    const named = [...usual, ...(bench.calls ? [withCalls] : [])].map(parsePolicy);
    const all = [...named, ...(await learned(bench.run, args.seed)), ...given];
    const policies = all.filter(({ name }, index) => all.findIndex((other) => other.name === name) === index);
    return await comparePolicies({
      vendor: contract.id,
      target: bench.target,
      seed: args.seed,
      policies,
      signal,
      ...(args.scenario === undefined ? {} : { scenario: args.scenario }),
      run: (policy) => {
        progress.show(policy.name);
        return bench.run(policy, {});
      },
    });
  } finally {
    progress.end();
    await receiver?.close();
  }
}

/** `load --compare-policies`: a table of policies on the same tasks, and the one to take. */
export async function runLoadCompare(args: LoadArguments): Promise<void> {
  const outputs = args.report.map((text) => parseReportOption(text, [...comparisonFormats.keys()]));
  const interrupt = interruptSignal();
  try {
    const contract = await resolveContract(args.vendor);
    const comparison = await withOwnMock(args, contract, (targeted) => compare(targeted, contract, interrupt.signal));
    process.stdout.write(comparisonToConsole(comparison, { color: process.stdout.isTTY === true }));
    await writeReports(comparison, comparisonFormats, outputs);
    if (interrupt.signal.aborted) process.exitCode = exitCodes.interrupted;
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    process.stderr.write('proofsheet: interrupted before any policy was measured\n');
    process.exitCode = exitCodes.interrupted;
  } finally {
    interrupt.release();
  }
}
