import { type Behaviour, usualBehaviour } from './behaviour.js';
import type { Scenario } from './schema.js';

/** What a scenario means for one vendor: each part from the vendor's own section, else from the general one. */
export function behaviourFor(scenario: Scenario | undefined, vendor: string): Behaviour {
  if (scenario === undefined) return usualBehaviour;
  const own = scenario.vendors?.[vendor];
  const limits = own?.limits ?? scenario.limits;
  return {
    timing: own?.timing ?? scenario.timing ?? [],
    chances: own?.chances ?? scenario.chances ?? [],
    ...(limits === undefined ? {} : { limits }),
  };
}
