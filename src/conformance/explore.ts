import type { Arbitrary } from 'fast-check';
import type { SubmitOperation } from '../contract/contract.js';
import { type DrawnBody, drawnBodies } from './cases/arbitraries.js';
import { negativesOf } from './cases/negatives.js';
import { submitsOf } from './contract-facts.js';
import type { Purpose, Sent } from './evidence.js';
import { type ProbeContext, type ProbeSetting, together } from './probe.js';
import { submitCall } from './requests.js';

const mostRuns = 100;
const fewRuns = 8;
const runsWhereSlow = 30;
/** Elsewhere every request counts. */
const runsOnline = 20;
/** Requests that a search for the smallest failing body may take beyond those that were drawn. */
const mostShrinks = 80;

let loaded: Promise<typeof import('fast-check')> | undefined;

/** The library that draws and shrinks; loading it takes longer than many a command. */
export function loadFastCheck(): Promise<typeof import('fast-check')> {
  loaded ??= import('fast-check');
  return loaded;
}

type Kind = 'legal' | 'illegal';

/** How many random bodies an operation gets. A vendor that answers with the images takes its time for each legal one. */
export function runsFor({ cases, loopback }: ProbeSetting, { task }: SubmitOperation, kind: Kind): number {
  const asked = cases === 'all' ? mostRuns : cases === 'sample' ? fewRuns : Math.min(cases, mostRuns);
  const most = loopback ? (kind === 'legal' && task.mode === 'sync' ? runsWhereSlow : mostRuns) : runsOnline;
  return Math.min(asked, most);
}

interface Exploration {
  readonly probe: string;
  readonly kind: Kind;
  /** Whether an answer is what it must not be; the judgement itself is a check's. */
  seemsWrong(sent: Sent): boolean;
}

/**
 * Sends random bodies of each operation, by the run's seed. Once an answer seems wrong, smaller and smaller bodies are
 * tried, within bounds, until the smallest that still does it is found; all of them stand among the exchanges.
 */
export async function explore(context: ProbeContext, { probe, kind, seemsWrong }: Exploration): Promise<void> {
  const { contract, target, seed } = context;
  const fc = await loadFastCheck();
  const again = `proofsheet check ${contract.id} --only ${probe} --seed ${seed}`;
  const exploreOne = async (operation: SubmitOperation): Promise<void> => {
    const drawn = drawnBodies(fc, contract, operation);
    if (drawn === undefined) {
      context.note(`${operation.id}: no legal request could be made to start from`);
      return;
    }
    // Without a single surely illegal body there is nothing to draw, however long one tries.
    if (kind === 'illegal' && !negativesOf(contract, operation).negatives.some(({ certain }) => certain)) return;
    const numRuns = runsFor(context, operation, kind);
    let failure: unknown;
    let found = false;
    let shrinks = 0;
    const holds = async ({ body, pointer, what, facts }: DrawnBody): Promise<boolean> => {
      if (failure !== undefined || shrinks >= mostShrinks) return true;
      if (found) shrinks += 1;
      const purpose: Purpose = {
        case: 'explored',
        what,
        facts,
        again,
        ...(pointer === '' ? {} : { pointer }),
        ...(kind === 'legal' ? {} : { refusal: ['invalidRequest'] }),
      };
      try {
        const wrong = seemsWrong(await context.send(submitCall(target, operation, body, purpose)));
        found ||= wrong;
        return !wrong;
      } catch (error) {
        // The run was stopped; the library must not take that for something to shrink.
        failure = error;
        return true;
      }
    };
    const bodies: Arbitrary<DrawnBody> = kind === 'legal' ? drawn.legal : drawn.illegal;
    const sure = kind === 'legal' ? bodies : bodies.filter(({ facts }) => contract.severityOf(facts) === 'error');
    await fc.check(fc.asyncProperty(sure, holds), { seed: context.rng().integer(0, 2 ** 31 - 1), numRuns });
    if (failure !== undefined) throw failure;
    context.note(`${operation.id}: ${numRuns} random bodies at most, ${shrinks} more to find the smallest that fails`);
  };
  await together(submitsOf(contract).map(exploreOne));
}
