/** A violation says where it is, what it breaks, and which facts stand behind it. */
import { expect, test } from 'vitest';
import { createContract } from '../../src/contract/contract.js';
import type { OpenApiDocument } from '../../src/contract/document.js';
import { readTask } from '../../src/contract/read-task.js';
import { ContractError } from '../../src/core/errors.js';

const document = {
  openapi: '3.1.1',
  info: { title: 'Any', version: '1' },
  paths: {},
  components: {
    schemas: {
      Order: {
        type: 'object',
        required: ['what', 'who'],
        'x-facts': ['Z1'],
        properties: {
          what: { type: 'string', enum: ['tea', 'coffee'], 'x-facts': ['Z2'] },
          who: { type: 'string' },
          milk: { type: 'boolean' },
          cups: { type: 'array', items: { $ref: '#/components/schemas/Cup' } },
          'a/b~c': { type: 'integer' },
        },
        allOf: [
          {
            if: { required: ['milk'], properties: { milk: { const: true } } },
            // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
            then: { properties: { what: { const: 'tea' } } },
            'x-facts': ['Z3'],
          },
        ],
      },
      Cup: { type: 'object', 'x-facts': ['Z4'], properties: { ml: { type: 'integer', minimum: 100 } } },
      Answer: {
        oneOf: [
          {
            type: 'object',
            required: ['state', 'left'],
            properties: { state: { const: 'waiting' } },
            'x-facts': ['Z5'],
          },
          { type: 'object', required: ['state', 'cup'], properties: { state: { const: 'done' } }, 'x-facts': ['Z6'] },
        ],
      },
      Unusable: { type: 'no-such-type' },
    },
  },
  'x-facts': {
    Z1: { mark: 'S', says: 'one' },
    Z2: { mark: 'X', says: 'two' },
    Z3: { mark: 'D', says: 'three' },
    Z4: { mark: 'I', says: 'four' },
  },
} as unknown as OpenApiDocument;

const contract = createContract('any', 'any.yaml', document, { readTask });
const violations = (name: string, value: unknown) => contract.violations(`/components/schemas/${name}`, value);

test('a legal value breaks nothing', () => {
  expect(violations('Order', { what: 'tea', who: 'me', unknown: 1 })).toEqual([]);
});

test('a violation carries the place in the value, the keyword, the place in the contract and the facts', () => {
  expect(violations('Order', { what: 'milk', who: 'me' })).toEqual([
    {
      pointer: '/what',
      keyword: 'enum',
      schema: '/components/schemas/Order/properties/what/enum',
      message: 'must be equal to one of the allowed values',
      facts: ['Z2'],
    },
  ]);
});

test('a missing member is named, with its own facts where it has some', () => {
  const found = violations('Order', {});
  expect(found.map(({ pointer, keyword, facts }) => [pointer, keyword, facts])).toEqual([
    ['/what', 'required', ['Z2']],
    ['/who', 'required', ['Z1']],
  ]);
});

test('a broken condition has the facts of its branch', () => {
  const found = violations('Order', { what: 'coffee', who: 'me', milk: true });
  expect(found.map(({ pointer, keyword, facts }) => [pointer, keyword, facts])).toEqual([['/what', 'const', ['Z3']]]);
});

test('facts are found through references, and names are escaped in pointers', () => {
  const found = violations('Order', { what: 'tea', who: 'me', cups: [{ ml: 200 }, { ml: 5 }], 'a/b~c': 'x' });
  expect(found.map(({ pointer, facts }) => [pointer, facts])).toEqual(
    expect.arrayContaining([
      ['/cups/1/ml', ['Z4']],
      ['/a~1b~0c', ['Z1']],
    ]),
  );
});

test('of several alternatives the nearest one speaks', () => {
  const found = violations('Answer', { state: 'done' });
  expect(found.map(({ pointer, facts }) => [pointer, facts])).toEqual([['/cup', ['Z6']]]);
});

test('a schema that cannot be used is a mistake of the contract', () => {
  expect(() => violations('Unusable', {})).toThrow(ContractError);
  expect(() => violations('Unusable', {})).toThrow('/components/schemas/Unusable: is not a usable schema');
});

test('severity follows the gravest mark; a documented reading counts once it was shown', () => {
  expect(contract.severityOf(['Z1', 'Z4'])).toBe('error');
  expect(contract.severityOf(['Z2'])).toBe('warning');
  expect([contract.severityOf(['Z3']), contract.severityOf(['Z3'], true)]).toEqual(['warning', 'error']);
  expect([contract.severityOf(['Z4']), contract.severityOf(['unheard-of']), contract.severityOf([])]).toEqual([
    'note',
    'note',
    'note',
  ]);
});
