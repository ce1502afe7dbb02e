import type { Contract } from '../contract/contract.js';
import { UsageError } from '../core/errors.js';
import { isLoopback } from '../core/loopback.js';
import { createRng } from '../platform/random.js';
import type { Check } from './check.js';
import { type CheckOptions, type CheckPlan, defaultFailingPrompt } from './check-options.js';
import { checks } from './checks/index.gen.js';
import { isDeepEnough, type Probe, type ProbeSetting } from './probe.js';
import { probes } from './probes/index.gen.js';

export interface Selection {
  readonly checks: readonly Check[];
  /** In the order of running, cheapest first and the baseline before all other tasks. */
  readonly probes: readonly { readonly probe: Probe; readonly tasks: number; readonly skipped?: string }[];
}

/** What a probe can see of a run before anything is sent. */
export function settingFor(options: CheckOptions, probe: Probe): ProbeSetting {
  return {
    contract: options.contract,
    depth: options.depth,
    loopback: isLoopback(options.baseUrl),
    cases: options.cases ?? (isLoopback(options.baseUrl) ? 'all' : 'sample'),
    hasOtherKey: options.otherKey !== undefined,
    hasPoorKey: options.poorKey !== undefined,
    hasReceiver: options.receiver !== undefined,
    failingPrompt: options.failingPrompt ?? defaultFailingPrompt,
    rng: () => createRng(options.seed, options.contract.id, probe.id),
  };
}

function refuseUnknown(ids: readonly string[]): void {
  const known = [...checks, ...probes].map(({ id }) => id);
  const unknown = ids.filter((id) => !known.includes(id));
  if (unknown.length > 0)
    throw new UsageError(
      `No check or probe is called ${unknown.join(', ')}. There are: ${[...new Set(known)].sort().join(', ')}`,
    );
}

function narrowed<T extends { readonly id: string }>(all: readonly T[], only: readonly string[]): readonly T[] {
  const named = all.filter(({ id }) => only.includes(id));
  return named.length > 0 ? named : all;
}

/** The checks of a run; throws a `UsageError` on an id that neither a check nor a probe has. */
export function chooseChecks({ only = [], skip = [] }: Pick<CheckOptions, 'only' | 'skip'>): readonly Check[] {
  refuseUnknown([...only, ...skip]);
  return narrowed(checks, only).filter(({ id }) => !skip.includes(id));
}

/** Chooses checks and probes; of the probes that would cost more than allowed, the dearest are left out. */
export function select(options: CheckOptions): Selection {
  const { only = [], skip = [] } = options;
  const chosen = chooseChecks(options);
  const wantedProbes = narrowed(probes, only);
  const costs = probes.map((probe) => ({ probe, tasks: probe.tasks(settingFor(options, probe)) }));
  const rank = ({ probe, tasks }: { probe: Probe; tasks: number }) => (probe.id === 'baseline' ? 0.5 : tasks);
  costs.sort((one, other) => rank(one) - rank(other));
  let left = options.maxTasks ?? Number.POSITIVE_INFINITY;
  return {
    checks: chosen,
    probes: costs.map(({ probe, tasks }) => {
      if (skip.includes(probe.id) || !wantedProbes.includes(probe)) return { probe, tasks, skipped: 'not chosen' };
      if (!isDeepEnough(options.depth, probe.depth))
        return { probe, tasks, skipped: `runs at depth ${probe.depth}, this is ${options.depth}` };
      if (tasks > left)
        return { probe, tasks, skipped: `could create ${tasks} tasks, only ${left} are left of --max-tasks` };
      left -= tasks;
      return { probe, tasks };
    }),
  };
}

function costOf(contract: Contract, tasks: number): { cost?: number; unit?: string } {
  const price = contract.submit?.task.price;
  if (price?.amount === undefined || price.per !== 'request') return {};
  return { cost: price.amount * tasks, unit: price.unit };
}

export function planOf(options: CheckOptions, selection: Selection): CheckPlan {
  const tasks = selection.probes.reduce((sum, one) => sum + (one.skipped === undefined ? one.tasks : 0), 0);
  return {
    vendor: options.contract.id,
    target: options.baseUrl,
    depth: options.depth,
    seed: options.seed,
    probes: selection.probes.map(({ probe, tasks: own, skipped }) => ({
      id: probe.id,
      title: probe.title,
      tasks: own,
      ...(skipped === undefined ? {} : { skipped }),
    })),
    ceiling: { tasks, ...costOf(options.contract, tasks) },
  };
}
