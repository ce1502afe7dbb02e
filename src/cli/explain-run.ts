import { resolveContract } from '../entry/contracts.js';
import { explainFact, explainFacts } from '../entry/explain.js';
import { explainPointer } from '../entry/explain-place.js';
import type { ExplainArguments } from './explain.js';
import { factListText, factText, placesText } from './explain-text.js';

export async function runExplainCommand({ vendor, what, json }: ExplainArguments): Promise<void> {
  const contract = await resolveContract(vendor);
  const width = process.stdout.columns ?? 110;
  const print = <T>(value: T, toText: (value: T) => string) =>
    void process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : toText(value));
  if (what === undefined) print(explainFacts(contract), (facts) => factListText(contract.title, facts, width));
  else if (what === '' || what.startsWith('/'))
    print(explainPointer(contract, what), (found) => placesText(found, width));
  else print(explainFact(contract, what), (fact) => factText(fact, width));
}
