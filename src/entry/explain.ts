import { faults } from '../../mocks/faults/index.gen.js';
import { checks } from '../conformance/checks/index.gen.js';
import type { Contract } from '../contract/contract.js';
import { type FactPlace, factPlaces } from '../contract/fact-places.js';
import { UsageError } from '../core/errors.js';
import type { Fact, Mark, Severity } from '../core/facts.js';
import { nearMatches } from '../core/near-matches.js';

/** Who says so, in the words of a table of contents. */
export const markMeanings: Readonly<Record<Mark, string>> = {
  S: 'the vendor’s page states it',
  L: 'owed by any HTTP, JSON or task API',
  X: 'the page shows it as one sample only',
  D: 'other public documentation of the vendor',
  C: 'public client code or observed bodies',
  I: 'our decision',
};

/**
 * How the mock keeps a fact. `refuses`: it stands in what the mock takes in, so a request that breaks it is refused.
 * `renders`: it stands in what the mock answers by. `behaves`: the contract does not name the fact, but a fault can take
 * it away from the mock. `no`: the mock knows nothing of it.
 */
export type Mocked = 'refuses' | 'renders' | 'behaves' | 'no';

/** Everything that is known about one fact of one contract. */
export interface FactExplanation extends Fact {
  /** What breaking it is. */
  readonly severity: Severity;
  /** JSON pointers into the contract. */
  readonly stated: readonly string[];
  readonly mocked: readonly Mocked[];
  /** Ids of the checks that look at it. */
  readonly checks: readonly string[];
  /** Ids of the mock's faults that break it and that one of these checks must find. */
  readonly faults: readonly string[];
}

/** Operations that the mock answers; any other is only in the contract. */
function servedBy(contract: Contract): ReadonlySet<string> {
  const submits = contract.operations.filter(({ task }) => task !== undefined).map(({ id }) => id);
  const poll = contract.poll === undefined ? [] : [contract.poll.id];
  return new Set([...submits, ...poll, ...contract.sideEndpoints().keys()]);
}

function mockedBy(contract: Contract, places: readonly FactPlace[], canBreak: boolean): Mocked[] {
  const known = servedBy(contract);
  const served = places.filter(
    ({ operations }) => operations.size === 0 || [...operations].some((id) => known.has(id)),
  );
  const has = (...roles: readonly string[]) =>
    served.some((place) => [...place.roles].some((one) => roles.includes(one)));
  const found: Mocked[] = [];
  if (has('request', 'key')) found.push('refuses');
  if (has('answer', 'task', 'operation', 'callback')) found.push('renders');
  if (found.length > 0) return found;
  return canBreak ? ['behaves'] : ['no'];
}

/** Every fact that holds for a contract, common ones included, with all that is known about it. */
export function explainFacts(contract: Contract): FactExplanation[] {
  const places = factPlaces(contract.document);
  const looksAt = checks.map((check) => ({
    check,
    facts: new Set([...check.facts, ...(check.covers?.(contract) ?? [])]),
  }));
  const breakable = faults
    .filter((fault) => fault.applies(contract))
    .map((fault) => ({ fault, facts: new Set([...fault.facts, ...(fault.breaks?.(contract) ?? [])]) }));
  return [...contract.facts.values()].map((fact) => {
    const judging = looksAt.filter(({ facts }) => facts.has(fact.id)).map(({ check }) => check);
    const breaking = breakable.filter(({ facts }) => facts.has(fact.id)).map(({ fault }) => fault);
    const stated = places.get(fact.id) ?? [];
    return {
      ...fact,
      severity: contract.severityOf([fact.id]),
      stated: stated.map(({ pointer }) => pointer),
      mocked: mockedBy(contract, stated, breaking.length > 0),
      checks: judging.map(({ id }) => id),
      faults: breaking.filter(({ id }) => judging.some((check) => check.faults.includes(id))).map(({ id }) => id),
    };
  });
}

/** One fact by its id, in any case of letters. Throws a `UsageError` that names what looks alike. */
export function explainFact(contract: Contract, id: string): FactExplanation {
  const found = explainFacts(contract).find((fact) => fact.id.toLowerCase() === id.toLowerCase());
  if (found !== undefined) return found;
  const near = nearMatches(id, [...contract.facts.keys()]);
  const hint = near.length > 0 ? `Near it: ${near.join(', ')}.` : 'A JSON pointer starts with "/".';
  throw new UsageError(
    `${contract.id} has no fact ${JSON.stringify(id)}. ${hint}\nSee all: proofsheet explain ${contract.id}`,
  );
}
