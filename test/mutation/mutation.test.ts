/** A sample of the mutation table; `npm run mutation` runs the whole of it. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { vendorIds } from '../../specs/index.gen.js';
import { resolveContract } from '../../src/entry/contracts.js';
import { createRng } from '../../src/platform/random.js';
import { importsOf, readSources } from '../support/source-tree.js';
import { faultsOf, judgeMutant, judgeVariant, mutantsOf, plainVendors, variantsOf } from './cases.js';
import { judgeOverSockets, judgePlain } from './judge-plain.js';
import { isOfFamily } from './mutant.js';

const sampleSize = 6;

function sampled(vendor: string, what: string, ids: readonly string[], size: number): string[] {
  const rng = createRng('mutation', vendor, what);
  const left = [...ids];
  return Array.from({ length: size }, () => left.splice(rng.integer(0, left.length - 1), 1)[0] ?? '');
}

const mutantIds = (vendor: string) => mutantsOf(vendor).map(({ id }) => id);
const sample = plainVendors.flatMap((vendor) =>
  sampled(vendor, 'in process', mutantIds(vendor), sampleSize).map((id) => [vendor, id] as const),
);
const overSockets = plainVendors.flatMap((vendor) =>
  sampled(vendor, 'over sockets', mutantIds(vendor), 2).map((id) => [vendor, id] as const),
);

describe('a mutant is killed by a finding that cites what it breaks', () => {
  test.each(sample)('%s: %s', async (vendor, id) => {
    expect((await judgeMutant(vendor, id)).killedBy).not.toEqual([]);
  });

  test.each(overSockets)('%s over sockets: %s', async (vendor, id) => {
    expect((await judgeMutant(vendor, id, judgeOverSockets)).killedBy).not.toEqual([]);
  });
});

describe('a legal variant is accused of nothing', () => {
  test.each(variantsOf('gptimage15').map(({ id }) => id))('gptimage15: %s', async (id) => {
    expect((await judgeVariant('gptimage15', id)).findings).toEqual([]);
  });

  test.each(plainVendors)('%s over sockets: plain', async (vendor) => {
    expect((await judgeVariant(vendor, 'plain', judgeOverSockets)).findings).toEqual([]);
  });
});

test('equal seeds give equal verdicts, ten times in a row', async () => {
  const runs = await Promise.all(Array.from({ length: 10 }, () => judgePlain('evolink', {}, { seed: 7 })));
  const told = runs.map(({ verdict, findings, checks, summary }) => ({ verdict, findings, checks, summary }));
  expect(told[0]).toMatchObject({ verdict: 'conformant', findings: [] });
  for (const one of told) expect(one).toEqual(told[0]);
});

test('equal seeds give equal findings about a server that breaks something', async () => {
  const runs = await Promise.all([1, 2, 3].map(() => judgeMutant('evolink', 'progress-beyond')));
  // Ids of tasks are the server's own chance.
  const told = runs.map(({ findings }) => JSON.stringify(findings).replace(/task-unified-\d+-\w{8}/g, '<id>'));
  expect(told[0]).toContain('120');
  for (const one of told) expect(one).toBe(told[0]);
});

test('every vendor has enough cases, and each breaks a fact of its contract', async () => {
  expect([...plainVendors].sort()).toEqual([...vendorIds].sort());
  for (const vendor of plainVendors) {
    const { facts } = await resolveContract(vendor);
    const mutants = mutantsOf(vendor);
    expect(mutants.length).toBeGreaterThanOrEqual(25);
    expect(variantsOf(vendor).length).toBeGreaterThanOrEqual(8);
    expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length);
    const spoken = new Map<string, ReadonlyMap<string, unknown>>();
    for (const { dialect } of mutants)
      if (dialect !== undefined) spoken.set(dialect, (await resolveContract(vendor, dialect)).facts);
    const unknown = mutants.filter(
      ({ fact, dialect }) => ![...(spoken.get(dialect ?? '') ?? facts).keys()].some((id) => isOfFamily(fact, id)),
    );
    expect(unknown.map(({ id, fact }) => `${id} ${fact}`)).toEqual([]);
  }
});

test('the printed table has every case, and none that survived', async () => {
  const page = readFileSync(new URL('../../docs/mutation-table.md', import.meta.url), 'utf8');
  expect(page).not.toContain('survived');
  for (const vendor of plainVendors) {
    const [, section = ''] = page.split(`\n## ${vendor}\n`);
    const own = section.split('\n## ')[0] ?? '';
    const cases = [...mutantIds(vendor), ...(await faultsOf(vendor)), ...variantsOf(vendor).map(({ id }) => id)];
    expect(cases.filter((id) => !own.includes(`| \`${id}\` |`))).toEqual([]);
  }
});

test('the plain servers share no code with what they are judged by', () => {
  const borrowed = readSources('test/servers').flatMap((source) =>
    importsOf(source)
      .filter(({ specifier, target }) =>
        target === undefined ? !/^(node:|sharp$)/.test(specifier) : !target.startsWith('test/servers/'),
      )
      .map(({ specifier }) => `${source.path}: ${specifier}`),
  );
  expect(borrowed).toEqual([]);
});

test('a part of a fact is of its family, another fact is not', () => {
  expect(isOfFamily('A10', 'A10')).toBe(true);
  expect(isOfFamily('A10', 'A10i')).toBe(true);
  expect(isOfFamily('A1', 'A10')).toBe(false);
  expect(isOfFamily('H1', 'H12')).toBe(false);
});
