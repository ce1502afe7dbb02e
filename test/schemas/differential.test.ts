/**
 * Every schema of every contract is read twice, by our validators and by one that shares no code with them, over bodies
 * that the schemas themselves suggest. `PROOFSHEET_SCHEMA_BODIES` sets how many; `npm run test:schemas` takes many more.
 */
import { registerSchema, type Validator, validate } from '@hyperjump/json-schema/draft-2020-12';
import { expect, test } from 'vitest';
import type { Json } from '../../src/core/pointer.js';
import { createRng } from '../../src/platform/random.js';
import { contracts, examples, schemaOf } from '../specs/contracts.js';
import { likelyValid, mutate } from '../support/schema-values.js';
import { explained } from './explained.js';

const draft = 'https://json-schema.org/draft/2020-12/schema';
const BODIES = Number(process.env['PROOFSHEET_SCHEMA_BODIES'] ?? 3000);
const MAX_MUTATIONS = 3;

const addressOf = (vendor: string) => `https://${vendor}.contract.test/openapi`;
for (const { id, document } of contracts)
  registerSchema({ $schema: draft, ...structuredClone(document) } as never, addressOf(id), draft);

const subjects = contracts.flatMap((contract) =>
  contract.operations.flatMap(({ id, request, responses }) => {
    const bodies = [
      ...Object.entries(request).map(([type, schema]) => ({ what: `request ${type}`, schema })),
      ...Object.entries(responses).flatMap(([status, { content }]) =>
        Object.entries(content).map(([type, schema]) => ({ what: `${status} ${type}`, schema })),
      ),
    ];
    return bodies.flatMap(({ what, schema }) =>
      schema === undefined ? [] : [{ name: `${contract.id} ${id} ${what}`, contract, schema }],
    );
  }),
);
const perSubject = Math.ceil(BODIES / subjects.length);
const used = new Set<string>();
const counts = { bodies: 0, valid: 0, invalid: 0 };

test.each(subjects)('both validators agree on $name', async ({ name, contract, schema }) => {
  const printed = examples.filter((one) => one.contract.id === contract.id && schemaOf(one) === schema);
  const second: Validator = await validate(`${addressOf(contract.id)}#${encodeURI(schema)}`);
  const rng = createRng('double reading', name);
  const disagreements: unknown[] = [];
  for (let index = 0; index < perSubject; index += 1) {
    const start = printed[index % (2 * printed.length)]?.body ?? likelyValid(contract.document, schema, rng);
    let body: Json = start;
    // Every fourth body stays as it is.
    for (let left = index % (MAX_MUTATIONS + 1); left > 0; left -= 1) body = mutate(rng, body);
    const ours = contract.violations(schema, body);
    const theirs = second(body as never).valid;
    counts.bodies += 1;
    counts[theirs ? 'valid' : 'invalid'] += 1;
    if (theirs === (ours.length === 0)) continue;
    const explanation = explained.find(({ covers }) => covers({ ours, theirs }));
    if (explanation === undefined) disagreements.push({ body, theirs, ours });
    else used.add(explanation.reason);
  }
  expect(disagreements.slice(0, 3)).toEqual([]);
});

test('there were enough bodies of both kinds, and every explanation was needed', () => {
  expect(counts.bodies).toBeGreaterThanOrEqual(BODIES);
  expect(counts.valid).toBeGreaterThan(counts.bodies / 10);
  expect(counts.invalid).toBeGreaterThan(counts.bodies / 10);
  expect([...used].sort()).toEqual(explained.map(({ reason }) => reason).sort());
});
