/**
 * Which constraints of requests have no case that breaks them, and why. The list stands beside this test; after a change
 * that is meant: npx vitest run test/conformance/case-coverage.test.ts -u
 */
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { canonical } from '../../src/conformance/cases/canonical.js';
import { negativesOf } from '../../src/conformance/cases/negatives.js';
import { submitsOf } from '../../src/conformance/contract-facts.js';
import { formType, requestSchema } from '../../src/conformance/schema.js';
import { type Constraint, listConstraints } from '../../src/contract/constraints.js';
import type { Contract } from '../../src/contract/contract.js';
import { resolve } from '../../src/contract/operations.js';
import { getAt } from '../../src/core/pointer.js';
import { contracts } from '../specs/contracts.js';
import { judgeMock } from '../support/judge.js';

const golden = fileURLToPath(new URL('./unbroken-constraints.json', import.meta.url));

const elsewhere = 'holds constraints that are listed on their own';

/** Keywords that only lead to others, or state no demand. */
const idle = new Map([
  ['$ref', 'leads to a schema whose constraints are listed on their own'],
  ...['allOf', 'oneOf', 'anyOf', 'then', 'else', 'items'].map((keyword): [string, string] => [keyword, elsewhere]),
  ['if', 'is a condition: what it demands stands in then'],
  ['default', 'demands nothing of a request; default-honoured looks at what is delivered'],
]);

function isInForm(contract: Contract, pointer: string): boolean {
  return submitsOf(contract).some((operation) => {
    const schema = requestSchema(operation, formType);
    return schema !== undefined && pointer.startsWith(resolve(contract.document, schema).pointer);
  });
}

function reasonFor(contract: Contract, { pointer, keyword, value }: Constraint): string | undefined {
  const inCondition = /\/(if|not)\//.test(pointer);
  if (inCondition) return 'is a part of a condition';
  const reason = idle.get(keyword);
  if (reason !== undefined) return reason;
  if (pointer.endsWith('/requestBody/required')) return 'is broken by the empty body of the probe malformed-json';
  if (keyword === 'type' && value === 'object') return 'is broken by the other JSON of the probe malformed-json';
  const holder = getAt(contract.document, pointer.slice(0, pointer.lastIndexOf('/'))) as
    | { format?: string }
    | undefined;
  if (holder?.format === 'binary') return 'is a file in a form: whatever is sent is one';
  if (/\/(oneOf|anyOf)\//.test(pointer)) return 'is one of several alternatives, which are broken together';
  if (!isInForm(contract, pointer)) return undefined;
  if (keyword === 'minItems') return 'cannot be told in a form: an empty list leaves no trace there';
  return keyword === 'type' ? 'cannot be told in a form: every part is a text, and a list is a repetition' : undefined;
}

/** The constraints that an operation's request schema reaches, by their pointers. */
function requestConstraints({ document, operations }: Contract): Constraint[] {
  const paths = Object.fromEntries(
    operations
      .filter(({ task }) => task !== undefined)
      .map(({ path, method, pointer }) => {
        const { requestBody } = getAt(document, pointer) as { requestBody?: unknown };
        return [path, { [method.toLowerCase()]: { requestBody } }];
      }),
  );
  return listConstraints({ ...document, paths } as typeof document);
}

test('every constraint of a request is broken by some case, or says why not', async () => {
  const unbroken = contracts.map((contract) => {
    const broken = new Set(
      submitsOf(contract).flatMap((operation) =>
        negativesOf(contract, operation).negatives.flatMap(({ constraints, pointer }) => [
          ...constraints,
          // A missing field is told by the list that demands it.
          ...constraints.filter((at) => at.endsWith('/required')).map((at) => `${at} ${pointer.slice(1)}`),
        ]),
      ),
    );
    const isBroken = ({ pointer, keyword, value }: Constraint) => {
      const list = pointer.replace(/\/\d+$/, '');
      if (keyword === 'required') return broken.has(`${list} ${String(value)}`);
      return keyword === 'dependentRequired'
        ? broken.has(pointer.slice(0, pointer.lastIndexOf('/')))
        : broken.has(pointer);
    };
    const left = requestConstraints(contract).filter((constraint) => !isBroken(constraint));
    return [
      contract.id,
      Object.fromEntries(left.map((one) => [one.pointer, reasonFor(contract, one) ?? 'NOT BROKEN'])),
    ];
  });
  const text = `${JSON.stringify(Object.fromEntries(unbroken), null, 2)}\n`;
  expect(text).not.toContain('NOT BROKEN');
  await expect(text).toMatchFileSnapshot(golden);
});

test.each(contracts.map(({ id }) => id))(
  'a whole run of %s has at least 400 cases before chance, and accuses nobody',
  async (vendor) => {
    const report = await judgeMock(vendor, [], 1, [], { cases: 'all' });
    expect(report.findings).toEqual([]);
    const isCase = ({ purpose, probe }: (typeof report.exchanges)[number]) =>
      purpose !== undefined && !['poll', 'result', 'reachability'].includes(purpose.case) && !probe.startsWith('fuzz-');
    const cases = report.exchanges.filter(isCase);
    const distinct = new Set(
      cases.map(({ request, credential }) => {
        const { method, url, headers, body } = request;
        return canonical([method, url, headers['content-type'], credential, body]);
      }),
    );
    expect(distinct.size).toBeGreaterThanOrEqual(400);
    const random = report.exchanges.filter(({ probe }) => probe.startsWith('fuzz-'));
    expect(random.length).toBeGreaterThanOrEqual(160);
  },
  120_000,
);
