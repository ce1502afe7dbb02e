import type { Contract } from '../contract/contract.js';
import { UsageError } from '../core/errors.js';
import type { LoadReport } from '../core/load-report.js';
import { type PollingPolicy, parsePolicy, serverGuided } from '../core/polling.js';
import { parseArrivals } from '../load/arrivals.js';
import { loadScenarios, scenarioNamed } from '../load/scenarios/named.js';
import { usualServer } from '../load/scenarios/scenario.js';
import { type RunVirtualOptions, runVirtual } from '../load/virtual/run-virtual.js';
import type { LoadArguments } from './load.js';
import { createProgress } from './progress.js';

const USUAL_TASKS = 10_000;
const USUAL_RATE = 5;

/** What `--scenario list` prints. */
export function scenarioList(): string {
  return `${loadScenarios.map(({ id, says }) => `${id.padEnd(16)}${says}`).join('\n')}\n`;
}

/** The policy of a run that takes one; undefined where none was given. Throws a `UsageError` for several. */
export function onePolicy({ policy }: Pick<LoadArguments, 'policy'>): PollingPolicy | undefined {
  const [text, ...more] = policy;
  if (more.length > 0)
    throw new UsageError('One run has one policy; to compare several on the same tasks, add --compare-policies');
  return text === undefined ? undefined : parsePolicy(text);
}

/** A run in virtual time as the command line asks for it; what it does not say is taken from the scenario. */
export async function virtualRun(
  args: LoadArguments,
  contract: Contract,
  signal: AbortSignal,
): Promise<Omit<RunVirtualOptions, 'policy'>> {
  if (args['base-url'] !== undefined)
    throw new UsageError('In virtual time nothing is sent: leave out --base-url or --virtual');
  if (args.mock) throw new UsageError('In virtual time nothing is sent: leave out --mock or --virtual');
  for (const option of ['abort-on-fail', 'warm-up', 'give-up-after'] as const)
    if (args[option] !== undefined)
      throw new UsageError(`--${option} is for real time: it does not go with virtual time`);
  if (args.saturate) throw new UsageError('--saturate drives a real endpoint: it does not go with virtual time');
  const scenario = args.scenario === undefined ? undefined : scenarioNamed(args.scenario);
  const given = args.tasks !== undefined || args.duration !== undefined;
  const arrivals = await parseArrivals(
    args.arrivals ?? scenario?.arrivals ?? 'constant',
    args.rate ?? scenario?.rate ?? USUAL_RATE,
  );
  const usualTasks = scenario === undefined && arrivals.finite !== true ? USUAL_TASKS : scenario?.tasks;
  const tasks = given ? args.tasks : usualTasks;
  const durationMs = given ? args.duration : scenario?.durationMs;
  const timeoutMs = args.timeout ?? scenario?.timeoutMs;
  return {
    contract,
    server: scenario?.server ?? usualServer,
    arrivals,
    seed: args.seed,
    thresholds: args.threshold,
    signal,
    ...(tasks === undefined ? {} : { tasks }),
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(args['max-tasks'] === undefined ? {} : { maxTasks: args['max-tasks'] }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(scenario?.askAgain === undefined ? {} : { askAgain: scenario.askAgain }),
    ...(scenario?.stages === undefined ? {} : { stages: scenario.stages }),
    ...(scenario === undefined ? {} : { scenario: scenario.id }),
  };
}

/** A scenario's policy, as far as the vendor can follow it; else as the server says. */
export function scenarioPolicy(scenario: string | undefined, { submit }: Contract): PollingPolicy {
  const named = scenario === undefined ? undefined : scenarioNamed(scenario).policy;
  const policy = named === undefined ? serverGuided() : parsePolicy(named);
  return policy.callback === true && submit?.task.request.callback === undefined ? serverGuided() : policy;
}

export async function runVirtualLoad(
  args: LoadArguments,
  contract: Contract,
  signal: AbortSignal,
): Promise<LoadReport> {
  const progress = createProgress(process.stderr, 'nothing');
  try {
    return await runVirtual({
      ...(await virtualRun(args, contract, signal)),
      policy: onePolicy(args) ?? scenarioPolicy(args.scenario, contract),
      onProgress: ({ tasks, polls }) => progress.show(`${tasks.started} tasks started, ${polls.total} polls`),
    });
  } finally {
    progress.end();
  }
}
