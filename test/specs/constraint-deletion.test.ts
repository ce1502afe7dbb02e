/**
 * A constraint that gets lost while a contract is edited makes every check, mock and client a little more lenient, and
 * nobody would notice. So all of them stand in a list beside this test. After a change that is meant:
 *
 *   npx vitest run test/specs/constraint-deletion.test.ts -u
 *
 * and read the difference of constraints.json line by line: each line is one constraint.
 */
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type Constraint, factsAround, listConstraints } from '../../src/contract/constraints.js';
import type { OpenApiDocument } from '../../src/contract/document.js';
import { getAt, pointerTokens, toPointer } from '../../src/core/pointer.js';
import { contracts } from './contracts.js';

const golden = fileURLToPath(new URL('./constraints.json', import.meta.url));

test('every constraint of every contract is the one in the list', async () => {
  const vendors = contracts.map(({ id, document }) => {
    const lines = listConstraints(document).map(
      (constraint) => `    ${JSON.stringify({ ...constraint, facts: factsAround(document, constraint.pointer) })}`,
    );
    return `  ${JSON.stringify(id)}: [\n${lines.join(',\n')}\n  ]`;
  });
  await expect(`{\n${vendors.join(',\n')}\n}\n`).toMatchFileSnapshot(golden);
});

function lineOf(constraint: Constraint): string {
  return JSON.stringify(constraint);
}

/** Does something with the holder of a constraint, and undoes it: a copy for each of many hundreds would take long. */
function changed(document: OpenApiDocument, { pointer }: Constraint, change: (holder: Holder, key: string) => void) {
  const tokens = pointerTokens(pointer);
  const place = toPointer(tokens.slice(0, -1));
  const key = tokens.at(-1) ?? '';
  const holder = getAt(document, place) as Holder;
  const before = structuredClone(holder);
  change(holder, key);
  const lines = listConstraints(document).map(lineOf);
  for (const name of Object.keys(holder)) delete holder[name];
  if (Array.isArray(holder)) holder.splice(0, holder.length, ...(before as unknown as unknown[]));
  else Object.assign(holder, before);
  return lines;
}

type Holder = Record<string, unknown>;

describe.each(contracts.map((contract) => ({ id: contract.id, contract })))('$id', ({ contract }) => {
  const document = structuredClone(contract.document);
  const constraints = listConstraints(document);
  const lines = constraints.map(lineOf);

  test('has constraints, and each is listed once', () => {
    expect(constraints.length).toBeGreaterThan(30);
    expect(new Set(constraints.map(({ pointer }) => pointer)).size).toBe(constraints.length);
  });

  test('deleting any one of them changes the list', () => {
    const unnoticed = constraints.filter((constraint) => {
      const left = changed(document, constraint, (holder, key) => {
        if (Array.isArray(holder)) holder.splice(Number(key), 1);
        else delete holder[key];
      });
      return left.length >= lines.length && left.every((line, index) => line === lines[index]);
    });
    expect(unnoticed).toEqual([]);
  });

  test('changing the value of any one of them changes its line', () => {
    const unnoticed = constraints.filter((constraint) => {
      if (constraint.value === true) return false;
      const left = new Set(
        changed(document, constraint, (holder, key) => {
          holder[key] = typeof constraint.value === 'number' ? constraint.value + 1 : 'changed';
        }),
      );
      return lines.every((line) => left.has(line));
    });
    expect(unnoticed).toEqual([]);
  });

  test('the document is as it was afterwards', () => {
    expect(document).toEqual(contract.document);
  });
});
