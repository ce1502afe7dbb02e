import type { Contract } from '../../src/contract/contract.js';
import { resolve } from '../../src/contract/operations.js';
import { getAt } from '../../src/core/pointer.js';
import { statedDefaults } from '../admission/schema-defaults.js';
import type { Fault } from '../fault.js';
import { pointerArgument } from '../fault-argument.js';

const roles = ['size', 'format', 'count'] as const;
type Shown = (typeof roles)[number];

/** Where the contract states a default that shows in what is delivered. */
function placesOf(contract: Contract): Map<Shown, string> {
  const found = new Map<Shown, string>();
  for (const { task, request } of contract.operations) {
    if (task === undefined) continue;
    const stated = statedDefaults(contract, task, Object.values(request)[0]);
    for (const role of roles) {
      const place = task.request[role];
      if (role in stated && place !== undefined) found.set(role, place);
    }
  }
  return found;
}

/** Facts of the parameters whose defaults show. */
function defaultFacts(contract: Contract): string[] {
  const places = new Set(placesOf(contract).values());
  return contract.operations.flatMap(({ task, request }) =>
    task === undefined
      ? []
      : Object.values(request).flatMap((schema) =>
          [...places].flatMap((place) => (schema === undefined ? [] : factsOfProperty(contract, schema, place))),
        ),
  );
}

function factsOfProperty({ document }: Contract, schema: string, place: string): string[] {
  const { pointer } = resolve(document, schema);
  const found = getAt(resolve(document, `${pointer}/properties${place}`).value, '/x-facts');
  return Array.isArray(found) ? found.map(String) : [];
}

export const ignoresDefault: Fault = {
  id: 'ignores-default',
  title: 'Takes something else than the documented default',
  rationale: 'A client that leaves a parameter out gets something else than it was promised.',
  facts: ['H6'],
  breaks: defaultFacts,
  argument: pointerArgument('The one parameter whose default is not kept; all without.', '/size'),
  applies: (contract) => placesOf(contract).size > 0,
  effective(request, body, { contract, argument }) {
    const places = placesOf(contract);
    const left = (role: Shown) => {
      const place = places.get(role);
      return place !== undefined && (argument ?? place) === place && getAt(body, place) === undefined;
    };
    return {
      ...request,
      ...(left('size') ? { width: request.height === 1024 ? 1536 : request.height, height: 1024 } : {}),
      ...(left('count') ? { count: 2 } : {}),
      ...(left('format') ? { format: request.format === 'png' ? 'jpeg' : 'png', alpha: false } : {}),
    };
  },
};
