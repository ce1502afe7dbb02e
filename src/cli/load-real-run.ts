import type { Contract } from '../contract/contract.js';
import { UsageError } from '../core/errors.js';
import type { LoadReport } from '../core/load-report.js';
import { isLoopback } from '../core/loopback.js';
import type { PollingPolicy } from '../core/polling.js';
import { callbackReceiver } from '../entry/callback-receiver.js';
import { resolveKey } from '../entry/keys.js';
import { parseArrivals } from '../load/arrivals.js';
import { runLoad } from '../load/run-load.js';
import { runSaturation } from '../load/saturate.js';
import { checkLength, leftOutInRealTime } from '../load/scenarios/in-real-time.js';
import { scenarioNamed } from '../load/scenarios/named.js';
import type { CallbackReceiver } from '../platform/callback-receiver.js';
import { collectWithoutHelpers } from '../platform/garbage.js';
import { targetOf } from '../platform/target.js';
import type { LoadArguments } from './load.js';
import { followLoad, tellSaturation } from './load-progress.js';
import { onePolicy, scenarioPolicy } from './load-virtual-run.js';
import { workersFor } from './load-workers.js';
import { createProgress } from './progress.js';

/** Tasks a second on this machine, where nobody says more. */
const usualRate = 5;

/** Calls may all come at once, as tasks may all end at once. */
const CALLS_AT_ONCE = 4096;

/** Where the load goes and how fast; elsewhere the rate is to be given. Throws a `UsageError`. */
export function loadTargetOf(args: LoadArguments, contract: Contract) {
  const baseUrl = targetOf(contract.server, args['base-url']);
  if (args.rate === undefined && !isLoopback(baseUrl))
    throw new UsageError(
      `${baseUrl} is not this machine: give the --rate at which tasks start there (with --saturate, of requests a second)`,
    );
  const apiKey = resolveKey(contract.id, baseUrl, args['api-key'], process.env);
  return { contract, baseUrl, apiKey, rate: args.rate ?? usualRate };
}

/** The receiver that a policy needs, if it needs one. Rejects with a `UsageError` where no call could reach it. */
export async function receiverFor(
  args: Pick<LoadArguments, 'callback-url' | 'callback-port'>,
  policy: PollingPolicy | undefined,
  baseUrl: string,
): Promise<CallbackReceiver | undefined> {
  if (policy?.callback !== true) return undefined;
  const settings = {
    callbackUrl: args['callback-url'],
    callbackPort: args['callback-port'],
    connections: CALLS_AT_ONCE,
  };
  const receiver = await callbackReceiver(settings, isLoopback(baseUrl));
  if (receiver !== undefined) return receiver;
  throw new UsageError(
    `${policy.name} waits for calls, and ${new URL(baseUrl).host} cannot call this machine: ` +
      'give --callback-url with a public address and --callback-port with the port it leads to',
  );
}

const notForSaturation = [
  'tasks',
  'arrivals',
  'scenario',
  'timeout',
  'abort-on-fail',
  'warm-up',
  'give-up-after',
] as const;

async function saturateTarget(args: LoadArguments, contract: Contract, signal: AbortSignal): Promise<LoadReport> {
  const unused = notForSaturation.find((option) => args[option] !== undefined);
  if (unused !== undefined || args.policy.length > 0)
    throw new UsageError(`--saturate sends as much as fits: --${unused ?? 'policy'} does not go with it`);
  const { rate: _, ...target } = loadTargetOf(args, contract);
  return runSaturation({
    ...target,
    allowRemote: args['allow-remote'],
    thresholds: args.threshold,
    seed: args.seed,
    signal,
    onPlanned: tellSaturation,
    ...(args.connections === undefined ? {} : { connections: args.connections }),
    ...(args.rate === undefined ? {} : { mostPerSecond: args.rate }),
    ...(args['max-tasks'] === undefined ? {} : { maxTasks: args['max-tasks'] }),
    ...(args.duration === undefined ? {} : { durationMs: args.duration }),
  });
}

/** What a scenario adds to a run over HTTP, where the command line does not say otherwise. */
function scenarioParts(args: LoadArguments, isCalled: boolean) {
  const isChosen = args.tasks !== undefined || args.duration !== undefined;
  const tasksAndTime = { tasks: args.tasks, durationMs: args.duration };
  if (args.scenario === undefined) return { ...tasksAndTime, arrivals: 'constant', rate: undefined, more: {} };
  const scenario = scenarioNamed(args.scenario);
  checkLength(scenario, isChosen);
  const { id, tasks, durationMs, timeoutMs, stages, server, arrivals, rate } = scenario;
  const more = {
    scenario: id,
    leftOut: leftOutInRealTime(scenario, { ownMock: args.mock, isCalled }),
    ...(stages === undefined ? {} : { stages }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(server.callbacks === undefined ? {} : { lostCalls: server.callbacks.lost }),
  };
  return { ...(isChosen ? tasksAndTime : { tasks, durationMs }), arrivals, rate, more };
}

/** A load over HTTP, on the target that the command line names. */
export async function runRealLoad(args: LoadArguments, contract: Contract, signal: AbortSignal): Promise<LoadReport> {
  collectWithoutHelpers();
  if (args.saturate) return saturateTarget(args, contract, signal);
  const { rate: usual, ...target } = loadTargetOf(args, contract);
  const policy = onePolicy(args) ?? (args.scenario === undefined ? undefined : scenarioPolicy(args.scenario, contract));
  const scenario = scenarioParts(args, policy?.callback === true);
  const rate = args.rate ?? scenario.rate ?? usual;
  const arrivalsText = args.arrivals ?? scenario.arrivals;
  const arrivals = await parseArrivals(arrivalsText, rate);
  const { tasks, durationMs } = scenario;
  if (tasks === undefined && durationMs === undefined && arrivals.finite !== true)
    throw new UsageError('load needs --tasks N or --duration D (or --saturate)');
  const words = { vendor: args.vendor, policy: policy?.name, arrivals: arrivalsText };
  const receiver = await receiverFor(args, policy, target.baseUrl);
  const progress = createProgress(process.stderr, 'nothing');
  try {
    return await runLoad({
      ...target,
      allowRemote: args['allow-remote'],
      thresholds: args.threshold,
      seed: args.seed,
      signal,
      rate,
      arrivals,
      ownAccount: args.mock,
      ...scenario.more,
      ...(receiver === undefined ? {} : { receiver }),
      ...(args.rate === undefined ? {} : { mostPerSecond: args.rate }),
      ...(tasks === undefined ? {} : { tasks }),
      ...(durationMs === undefined ? {} : { durationMs }),
      ...(args['max-tasks'] === undefined ? {} : { maxTasks: args['max-tasks'] }),
      ...(policy === undefined ? {} : { policy }),
      ...(args.timeout === undefined ? {} : { timeoutMs: args.timeout }),
      ...(args['abort-on-fail'] === undefined ? {} : { abortAfterMs: args['abort-on-fail'] }),
      ...(args['warm-up'] === undefined ? {} : { warmUpMs: args['warm-up'] }),
      ...(args['give-up-after'] === undefined ? {} : { giveUpAfterMs: args['give-up-after'] }),
      ...workersFor(args.workers, words),
      onEvent: followLoad(progress),
    });
  } finally {
    progress.end();
    await receiver?.close();
  }
}
