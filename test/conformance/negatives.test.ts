import { expect, test } from 'vitest';
import { canonical } from '../../src/conformance/cases/canonical.js';
import { bodyReader } from '../../src/conformance/cases/form-value.js';
import { negativesOf } from '../../src/conformance/cases/negatives.js';
import { chosen } from '../../src/conformance/cases/thoroughness.js';
import { variantsOf } from '../../src/conformance/cases/variants.js';
import { submitsOf } from '../../src/conformance/contract-facts.js';
import { bodySchema, minimalBody } from '../../src/conformance/requests.js';
import { createContract } from '../../src/contract/contract.js';
import { loadContract } from '../../src/contract/load-contract.js';
import { readTask } from '../../src/contract/read-task.js';

async function negativesFor(vendor: string) {
  const contract = await loadContract(`specs/${vendor}/openapi.yaml`);
  const [operation] = submitsOf(contract);
  if (operation === undefined) throw new Error('no submit');
  return { contract, operation, ...negativesOf(contract, operation) };
}

test('every constraint of a plain contract is broken once', async () => {
  const { negatives, skipped } = await negativesFor('gptimage15');
  const first = negatives.filter(({ more }) => more !== true);
  expect(first.map(({ what, facts }) => `${what} [${facts}]`)).toEqual([
    '/prompt is missing [G2]',
    '/prompt is a number instead of a text [G2]',
    '/prompt is longer than 2000 [G2]',
    '/size is a number instead of a text [G3]',
    '/size is not one of the listed values [G3]',
    '/quality is a number instead of a text [G4]',
    '/quality is not one of the listed values [G4]',
    '/images is a text instead of a list [G5]',
    '/images holds an entry of the wrong type [G5]',
    '/input_fidelity is a number instead of a text [G6]',
    '/input_fidelity is not one of the listed values [G6]',
    '/callback_url is a number instead of a text [G7]',
  ]);
  expect(skipped).toEqual([]);
});

test('rules between fields are broken by the fewest fields that do it', async () => {
  const { negatives } = await negativesFor('apimart');
  const rules = negatives.filter(({ what, more }) => what.includes('rule') && more !== true);
  expect(rules.map(({ what }) => what)).toEqual([
    '/background "transparent" with /output_format "jpeg" breaks a rule between fields',
    '/mask_url "https://example.com/reference.png" breaks a rule between fields',
  ]);
});

test('a number that the vendor moves into bounds is no mistake, in quotes or with a fraction it is', async () => {
  const { negatives } = await negativesFor('apimart');
  const own = negatives.filter(({ pointer, more }) => pointer === '/n' && more !== true);
  expect(own.map(({ what, certain }) => [what, certain])).toEqual([
    ['/n is a number in quotes', true],
    ['/n is a fraction', false],
  ]);
});

test('what a model does not support is doubtful, what the page forbids is certain', async () => {
  const { negatives } = await negativesFor('apigo');
  const certainty = (what: string) => negatives.find((one) => one.what.startsWith(what))?.certain;
  expect(certainty('/model "dall-e-3" with /n 10')).toBe(true);
  expect(certainty('/model "dall-e-3" with /background "transparent"')).toBe(false);
  expect(certainty('/style is not one of the listed values')).toBe(true);
});

test('a field without effect is broken where it has one', async () => {
  const { negatives } = await negativesFor('apigo');
  const body = negatives.find(({ pointer }) => pointer === '/response_format')?.body;
  expect(body).toMatchObject({ model: expect.stringMatching(/^dall-e/) });
});

test('a wrong type is tried with every other type of JSON', async () => {
  const { negatives } = await negativesFor('evolink');
  const tried = (pointer: string) =>
    new Set(
      negatives
        .filter((one) => one.pointer === pointer)
        .map(({ body }) => (body as Record<string, unknown>)[pointer.slice(1)])
        .map((value) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value)),
    );
  expect(tried('/prompt')).toEqual(new Set(['undefined', 'number', 'null', 'boolean', 'array', 'object', 'string']));
  expect(tried('/n')).toEqual(new Set(['number', 'string', 'null', 'boolean', 'array', 'object']));
});

test('an almost listed value is one of the certain ones only where no server can mean well by taking it', async () => {
  const { negatives } = await negativesFor('gptimage15');
  const certainty = (value: string) =>
    negatives.find(({ body }) => (body as Record<string, unknown>)['size'] === value)?.certain;
  expect(certainty('1024*102')).toBe(true);
  expect(certainty('1024x1024')).toBe(false);
  expect(certainty(' 1024*1024')).toBe(false);
  const quality = (value: string) =>
    negatives.find(({ body }) => (body as Record<string, unknown>)['quality'] === value)?.certain;
  expect([quality('HIGH'), quality('hig')]).toEqual([false, true]);
});

test('null is a mistake for a field that is needed, and a matter of taste for one that may be left out', async () => {
  const { negatives } = await negativesFor('gptimage15');
  const nulls = negatives.filter(({ what }) => what.endsWith('is null'));
  expect(nulls.filter(({ certain }) => certain).map(({ pointer }) => pointer)).toEqual(['/prompt']);
  expect(nulls.length).toBeGreaterThan(4);
});

test.each(['gptimage15', 'apimart', 'apigo', 'evolink'])(
  'each negative of %s breaks the contract at its place only, and no two are equal',
  async (vendor) => {
    const contract = await loadContract(`specs/${vendor}/openapi.yaml`);
    for (const operation of submitsOf(contract)) {
      const { negatives } = negativesOf(contract, operation);
      expect(negatives.length).toBeGreaterThan(100);
      const schema = bodySchema(operation) ?? '';
      const read = bodyReader(contract, operation);
      for (const { body, pointer, what } of negatives) {
        const places = new Set(contract.violations(schema, read(body)).map((violation) => violation.pointer));
        expect(places.size, what).toBeGreaterThan(0);
        expect(
          [...places].every((place) => place === pointer || place.startsWith(`${pointer}/`)),
          what,
        ).toBe(true);
      }
      expect(new Set(negatives.map(({ body }) => canonical(read(body)))).size).toBe(negatives.length);
    }
  },
);

test('the constraints of a form are broken as far as a form can say them', async () => {
  const contract = await loadContract('specs/apigo/openapi.yaml');
  const form = submitsOf(contract)[1];
  if (form === undefined) throw new Error('no form');
  const first = negativesOf(contract, form).negatives.filter(({ more }) => more !== true);
  const words = first.map(({ what }) => what);
  expect(words).toEqual(
    expect.arrayContaining([
      '/image is missing',
      '/image has more than 16 entries',
      '/prompt is missing',
      '/n lies above 10',
      '/n is a fraction',
    ]),
  );
  // A part of a form is always a text.
  expect(words).not.toContain('/prompt is a number instead of a text');
  expect(words).not.toContain('/n is a number in quotes');
  expect(words).not.toContain('/stream is a truth value in quotes');
});

test('a sample has each constraint once, a number takes these first', async () => {
  const { negatives } = await negativesFor('gptimage15');
  const sample = chosen(negatives, 'sample');
  expect(sample).toHaveLength(12);
  expect(chosen(negatives, 'all')).toHaveLength(negatives.length);
  expect(chosen(negatives, 5)).toEqual(sample.slice(0, 5));
  expect(chosen(negatives, 20)).toEqual(expect.arrayContaining([...sample]));
  expect(chosen(negatives, 20)).toHaveLength(20);
});

test('loading a contract anew does not make its cases anew', async () => {
  const [one, other] = [await negativesFor('evolink'), await negativesFor('evolink')];
  expect(one.contract).not.toBe(other.contract);
  expect(one.negatives).toBe(other.negatives);
});

test.each(['gptimage15', 'apimart', 'apigo', 'evolink'])(
  'the variants of %s are legal, few, and use each listed value',
  async (vendor) => {
    const { contract, operation } = await negativesFor(vendor);
    const schema = bodySchema(operation) ?? '';
    const minimal = minimalBody(contract, operation, 'A lamp');
    if (minimal === undefined) throw new Error('no legal request');
    const { bodies, skipped } = variantsOf(contract, operation, minimal, true);
    expect(skipped).toEqual([]);
    expect(bodies.length).toBeLessThanOrEqual(16);
    for (const body of bodies) expect(contract.violations(schema, body)).toEqual([]);
    const size = new Set([minimal, ...bodies].map((body) => (body as Record<string, unknown>)['size']));
    for (const listed of Object.keys(operation.task.delivery.sizes)) expect(size.has(listed), listed).toBe(true);
  },
);

test('constraints of nested lists, bounds, patterns and alternatives of any contract are broken too', () => {
  const contract = createContract(
    'any',
    'any.yaml',
    {
      openapi: '3.1.1',
      info: { title: 'any', version: '1' },
      paths: {
        '/jobs': {
          post: {
            operationId: 'submit',
            requestBody: {
              content: {
                'application/json': {
                  schema: {
                    type: 'object',
                    required: ['prompt'],
                    properties: {
                      prompt: { type: 'string', minLength: 3 },
                      steps: { type: 'integer', exclusiveMinimum: 0, maximum: 50 },
                      tags: { type: 'array', minItems: 1, maxItems: 2, items: { type: 'string' } },
                      seed: { type: 'string', pattern: '^[0-9]+$', maxLength: 8 },
                      fast: { type: 'boolean' },
                    },
                    not: { required: ['fast', 'steps'] },
                  },
                },
              },
            },
            responses: { 200: { description: 'ok' } },
            'x-async-task': {
              mode: 'sync',
              request: { prompt: '/prompt' },
              delivery: { sizes: {}, formats: { png: 'png' } },
              answer: { '/image': 'result.url' },
              errors: { answer: { '/message': 'error.message' }, kinds: {} },
            },
          },
        },
      },
    },
    { readTask },
  );
  const [operation] = submitsOf(contract);
  if (operation === undefined) throw new Error('no submit');
  const keywords = negativesOf(contract, operation).negatives.map(({ pointer, keyword }) => `${pointer} ${keyword}`);
  expect(keywords).toEqual(
    expect.arrayContaining([
      '/prompt required',
      '/prompt minLength',
      '/steps exclusiveMinimum',
      '/steps maximum',
      '/tags minItems',
      '/tags maxItems',
      '/tags type',
      '/seed pattern',
      '/fast type',
      ' not',
    ]),
  );
});
