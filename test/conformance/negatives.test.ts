import { expect, test } from 'vitest';
import { submitsOf } from '../../src/conformance/contract-facts.js';
import { negativesOf } from '../../src/conformance/negatives.js';
import { bodySchema, minimalBody } from '../../src/conformance/requests.js';
import { variantsOf } from '../../src/conformance/variants.js';
import { createContract, loadContract } from '../../src/contract/contract.js';
import { readTask } from '../../src/contract/read-task.js';

async function negativesFor(vendor: string) {
  const contract = await loadContract(`specs/${vendor}/openapi.yaml`);
  const [operation] = submitsOf(contract);
  if (operation === undefined) throw new Error('no submit');
  return { contract, operation, ...negativesOf(contract, operation) };
}

test('every constraint of a plain contract is broken once', async () => {
  const { negatives, skipped } = await negativesFor('gptimage15');
  expect(negatives.map(({ what, facts }) => `${what} [${facts}]`)).toEqual([
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
  expect(negatives.filter(({ what }) => what.includes('rule')).map(({ what }) => what)).toEqual([
    '/background "transparent" with /output_format "jpeg" breaks a rule between fields',
    '/mask_url "https://example.com/reference.png" breaks a rule between fields',
  ]);
});

test('a number that the vendor moves into bounds is no mistake, in quotes or with a fraction it is', async () => {
  const { negatives } = await negativesFor('apimart');
  expect(negatives.filter(({ pointer }) => pointer === '/n').map(({ what, certain }) => [what, certain])).toEqual([
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

test.each(['gptimage15', 'apimart', 'apigo', 'evolink'])(
  'each negative of %s breaks the contract at its place only',
  async (vendor) => {
    const { contract, operation, negatives } = await negativesFor(vendor);
    const schema = bodySchema(operation) ?? '';
    for (const { body, pointer, what } of negatives) {
      const places = new Set(contract.violations(schema, body).map((violation) => violation.pointer));
      expect(places.size, what).toBeGreaterThan(0);
      expect(
        [...places].every((place) => place === pointer || place.startsWith(`${pointer}/`)),
        what,
      ).toBe(true);
    }
  },
);

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
