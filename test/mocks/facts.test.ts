/** One test for each fact of each contract: the documented reading of the mock obeys it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { contractFile, vendorIds } from '../../specs/index.gen.js';
import { commonFacts } from '../../src/contract/common-facts.js';
import { dialectNames } from '../../src/contract/dialects.js';
import { explainFacts } from '../../src/entry/explain.js';
import { contracts } from '../specs/contracts.js';
import { root } from '../support/source-tree.js';
import * as apigo from './facts/apigo.js';
import * as apimart from './facts/apimart.js';
import { common } from './facts/common.js';
import * as evolink from './facts/evolink.js';
import * as gptimage15 from './facts/gptimage15.js';
import { type Manner, type Row, vendorWay } from './facts/vendor-way.js';

const factIds = JSON.parse(readFileSync(join(root, 'test/specs/fact-ids.json'), 'utf8')) as Record<
  string,
  readonly string[]
>;

const tables: Readonly<Record<string, { manner: Manner; rows: Readonly<Record<string, Row>> }>> = {
  apimart,
  gptimage15,
  apigo,
  evolink,
};

describe.each(contracts.map((contract) => ({ id: contract.id, contract })))('$id', ({ id, contract }) => {
  const table = tables[id];
  const rows: Readonly<Record<string, Row>> = { ...common, ...table?.rows };
  const facts = explainFacts(contract);

  // The fact that lists the dialects is shown by one test for each of them.
  const inDialects = facts.filter(({ says }) => says.startsWith('Other readings are each a dialect'));

  test.each(facts.filter((fact) => !inDialects.includes(fact)).map(({ id: fact, says }) => [fact, says] as const))(
    '%s: %s',
    async (fact) => {
      const row = rows[fact];
      if (table === undefined || row === undefined) throw new Error(`${fact} has no test: add it to test/mocks/facts`);
      await row(await vendorWay(table.manner));
    },
  );

  test('has a row for every fact that the product carries, whatever its contract says', () => {
    const carried = [...(factIds['common'] ?? []), ...(factIds[id] ?? [])];
    const shown = new Set([...Object.keys(rows), ...inDialects.map((fact) => fact.id)]);
    expect(carried.length).toBeGreaterThan(30);
    expect(carried.filter((fact) => !shown.has(fact))).toEqual([]);
  });

  test('has no row for what is no fact', () => {
    const known = new Set([...facts, ...commonFacts].map((fact) => fact.id));
    expect(Object.keys(rows).filter((fact) => !known.has(fact))).toEqual([]);
  });

  test('says which dialects there are, and each has a test by its name', async () => {
    const names = await dialectNames(contractFile(id as (typeof vendorIds)[number]));
    expect(inDialects).toHaveLength(1);
    const file = `test/mocks/dialects/${id}.test.ts`;
    const tests = readFileSync(join(root, file), 'utf8');
    for (const name of names) {
      expect(inDialects[0]?.says).toContain(name);
      const titled = tests.includes(`test('${name}'`) || tests.includes(`test('${name}: `);
      expect(titled, `${id} ${name} has no test in ${file}`).toBe(true);
    }
  });
});

test('there is a table for each vendor', () => {
  expect(Object.keys(tables).sort()).toEqual([...vendorIds].sort());
});
