/** Every constraint says where it comes from, and no fact was forgotten. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { commonFacts } from '../../src/contract/common-facts.js';
import { contracts } from './contracts.js';

/** Every fact that the product carries, by vendor: 12 common ones and 88 of single vendors. */
const factIds = JSON.parse(readFileSync(new URL('./fact-ids.json', import.meta.url), 'utf8')) as Record<
  string,
  readonly string[]
>;

/** Fact ids by the place that names them, the catalogue itself left out. */
function namedFacts(document: object): [place: string, id: string][] {
  const found: [string, string][] = [];
  const walk = (value: unknown, place: string) => {
    if (value === null || typeof value !== 'object') return;
    for (const [key, member] of Object.entries(value)) {
      if (place === '' && key === 'x-facts') continue;
      const lists = key === 'x-facts' ? [member] : key === 'facts' ? [member, ...Object.values(member as object)] : [];
      for (const list of lists)
        if (Array.isArray(list)) found.push(...list.map((id): [string, string] => [`${place}/${key}`, String(id)]));
      walk(member, `${place}/${key}`);
    }
  };
  walk(document, '');
  return found;
}

describe.each(contracts.map((contract) => ({ id: contract.id, contract })))('$id', ({ id, contract }) => {
  const catalogue = Object.entries(
    (contract.document['x-facts'] ?? {}) as Record<string, { evidence?: unknown; unobservable?: unknown }>,
  );

  test('every fact that is named is in the catalogue or common to all', () => {
    expect(namedFacts(contract.document).filter(([, fact]) => !contract.facts.has(fact))).toEqual([]);
  });

  test('no fact was forgotten', () => {
    const own = new Set(catalogue.map(([fact]) => fact));
    expect(factIds[id]?.filter((fact) => !own.has(fact))).toEqual([]);
    // How these two are stated differs from page to page, so every contract has words of its own for them.
    expect(['H1', 'H11'].filter((fact) => !own.has(fact))).toEqual([]);
  });

  test('every fact of the catalogue stands somewhere, or says why nobody can see it', () => {
    const named = new Set(namedFacts(contract.document).map(([, fact]) => fact));
    const lost = catalogue.filter(([fact, { unobservable }]) => !named.has(fact) && unobservable === undefined);
    expect(lost.map(([fact]) => fact)).toEqual([]);
  });

  test('what nobody can see has a reason', () => {
    for (const [fact, { unobservable }] of catalogue)
      expect(unobservable === undefined || (typeof unobservable === 'string' && unobservable.length > 20), fact).toBe(
        true,
      );
  });

  test('every fact of the catalogue has evidence', () => {
    for (const [fact, { evidence }] of catalogue) {
      expect(Array.isArray(evidence) && evidence.length > 0, fact).toBe(true);
    }
  });

  test('a reading that is ours alone is never more than a note', () => {
    for (const [fact] of catalogue.filter(([name]) => name.endsWith('i'))) {
      expect(contract.severityOf([fact]), fact).toBe('note');
    }
  });

  test('every operation, answer and request parameter names its facts', () => {
    const silent: string[] = [];
    const { schemas = {}, responses = {} } = contract.document.components ?? {};
    for (const operation of contract.operations) {
      if (operation.facts.length === 0) silent.push(operation.id);
      for (const [status, answer] of Object.entries(operation.responses))
        if (answer.facts.length === 0) silent.push(`${operation.id} ${status}`);
    }
    for (const [name, raw] of Object.entries(responses))
      if ((raw as Record<string, unknown>)['x-facts'] === undefined) silent.push(name);
    for (const [name, raw] of Object.entries(schemas)) {
      const { properties, 'x-facts': own } = raw as Record<string, Record<string, Record<string, unknown>>>;
      if (name.endsWith('Request'))
        for (const [property, schema] of Object.entries(properties ?? {}))
          if (schema['x-facts'] === undefined && own === undefined) silent.push(`${name}.${property}`);
    }
    expect(silent).toEqual([]);
  });
});

test('a hundred facts are carried', () => {
  expect(Object.values(factIds).flat()).toHaveLength(100);
});

test('what any task API owes is among the common facts', () => {
  const common = new Set(commonFacts.map(({ id }) => id));
  expect(factIds['common']?.filter((id) => !common.has(id))).toEqual([]);
});

test('there is a list of promises for every contract and no other', () => {
  expect(Object.keys(factIds).sort()).toEqual([...contracts.map(({ id }) => id), 'common'].sort());
});
