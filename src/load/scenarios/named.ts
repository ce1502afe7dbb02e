import { UsageError } from '../../core/errors.js';
import { nearMatches } from '../../core/near-matches.js';
import { burst } from './burst.js';
import { capacity } from './capacity.js';
import { lostCallbacks } from './lost-callbacks.js';
import { outage } from './outage.js';
import type { LoadScenario } from './scenario.js';
import { sharedLimit } from './shared-limit.js';
import { slowTail } from './slow-tail.js';
import { soak } from './soak.js';
import { steady } from './steady.js';

/** Every scenario that `--scenario` knows; a new one is a file and a line here. */
export const loadScenarios: readonly LoadScenario[] = [
  steady,
  burst,
  outage,
  sharedLimit,
  slowTail,
  lostCallbacks,
  soak,
  capacity,
];

/** Throws a `UsageError` that lists what is known. */
export function scenarioNamed(name: string): LoadScenario {
  const known = loadScenarios.find(({ id }) => id === name);
  if (known !== undefined) return known;
  const ids = loadScenarios.map(({ id }) => id);
  const [near] = nearMatches(name, ids);
  const hint = near === undefined ? '' : `did you mean ${near}? `;
  throw new UsageError(`The scenario ${JSON.stringify(name)} is unknown: ${hint}Known are ${ids.join(', ')}`);
}
