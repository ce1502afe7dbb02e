/** What a page prints is legal by the contract, and what lacks a promised part is not. */
import { describe, expect, test } from 'vitest';
import { resolve } from '../../src/contract/operations.js';
import { withoutAt } from '../../src/core/pointer.js';
import { contracts, type Example, examples, schemaOf, submitsOf } from './contracts.js';
import { requiredPointers } from './required-pointers.js';

const table = (list: readonly Example[]) => list.map((example) => [example.name, example] as const);

describe('what the pages print', () => {
  test.each(table(examples))('%s is legal', (_, example) => {
    expect(example.contract.violations(schemaOf(example), example.body)).toEqual([]);
  });

  test.each(table(examples))('%s is not legal without a required member', (_, example) => {
    const schema = schemaOf(example);
    const pointers = requiredPointers(example.contract, schema, example.body);
    expect(pointers).not.toEqual([]);
    for (const pointer of pointers) {
      const violations = example.contract.violations(schema, withoutAt(example.body, pointer));
      expect(violations, `without ${pointer}`).not.toEqual([]);
    }
  });

  test.each(table(examples))('%s stays legal with members that nobody knows', (_, example) => {
    const body = { ...(example.body as object), proofsheet_unknown: { nested: [1] } };
    expect(example.contract.violations(schemaOf(example), body)).toEqual([]);
  });

  test.each(table(examples))('%s names its page', (_, { page, contract }) => {
    expect(page.startsWith(contract.id)).toBe(true);
  });
});

test.each(contracts.map((contract) => [contract.id, contract] as const))(
  'the printed requests of %s are examples of its contract, too',
  (_, contract) => {
    const [submit] = submitsOf(contract);
    const media = resolve(contract.document, `${submit?.pointer}/requestBody/content/application~1json/examples`).value;
    const stated = Object.values(media as Record<string, { value: unknown }>).map(({ value }) => JSON.stringify(value));
    const printed = examples.filter((example) => example.contract === contract && example.kind === 'request');
    expect(new Set(stated)).toEqual(new Set(printed.map(({ body }) => JSON.stringify(body))));
  },
);
