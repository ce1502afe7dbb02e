/** A contract that contradicts itself or leads nowhere is refused with the place, what was seen and what is allowed. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { contractFile, vendorIds } from '../../specs/index.gen.js';
import { dialectNames } from '../../src/contract/dialects.js';
import { loadContract } from '../../src/contract/load-contract.js';
import { ContractError } from '../../src/core/errors.js';
import { withAt, withoutAt } from '../../src/core/pointer.js';

const folder = mkdtempSync(join(tmpdir(), 'proofsheet-lint-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The contract that `proofsheet new-vendor` writes, with one thing changed. */
const good = parse(readFileSync(new URL('../../src/cli/new-vendor.template.yaml', import.meta.url), 'utf8'));
let count = 0;

async function problemsOf(document: unknown) {
  count += 1;
  const file = join(folder, `contract-${count}.yaml`);
  writeFileSync(file, stringify(document));
  const error: unknown = await loadContract(file).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error === undefined) return [];
  if (!(error instanceof ContractError)) throw error;
  expect(error.message).toContain(file);
  return error.problems.map(({ pointer, message }) => `${pointer}: ${message}`);
}

const submit = '/paths/~1v1~1generations/post';
const block = `${submit}/x-async-task`;

describe('a mistake is told with its place', () => {
  const cases: [what: string, place: string, value: unknown, told: RegExp][] = [
    [
      'a reference to nothing',
      '/components/schemas/Lost',
      { $ref: '#/components/schemas/Nobody' },
      /^\/components\/schemas\/Lost\/\$ref: leads nowhere: #\/components\/schemas\/Nobody$/,
    ],
    [
      'a reference to another file',
      '/components/schemas/Far',
      { $ref: 'other.yaml#/Task' },
      /^\/components\/schemas\/Far\/\$ref: is other\.yaml#\/Task: only references within the file/,
    ],
    [
      'a reference in a circle',
      '/components/schemas/Round',
      { $ref: '#/components/schemas/Round' },
      /Round\/\$ref: leads nowhere/,
    ],
    [
      'bounds that exclude everything',
      '/components/schemas/Odd',
      { type: 'integer', minimum: 5, maximum: 4 },
      /^\/components\/schemas\/Odd\/minimum: is 5, but must not exceed maximum, which is 4$/,
    ],
    [
      'bounds that touch and exclude',
      '/components/schemas/Odd',
      { exclusiveMinimum: 4, maximum: 4 },
      /exclusiveMinimum: is 4, but must lie below maximum, which is 4$/,
    ],
    [
      'a value of another type',
      '/components/schemas/Odd',
      { type: 'string', enum: ['a', 7] },
      /^\/components\/schemas\/Odd\/enum\/1: is 7, which is no string$/,
    ],
    ['a list without values', '/components/schemas/Odd', { enum: [] }, /enum: is empty: no value is allowed$/],
    [
      'a field that is required and not allowed',
      '/components/schemas/Odd',
      { required: ['b'], properties: { a: {} }, additionalProperties: false },
      /^\/components\/schemas\/Odd\/required\/0: b is required and not allowed: .* properties are a$/,
    ],
    [
      'a default that is not allowed',
      '/components/schemas/Odd',
      { type: 'string', default: 7 },
      /^\/components\/schemas\/Odd\/default: the default breaks \/components\/schemas\/Odd\/type/,
    ],
    [
      'a pattern that does not parse',
      '/components/schemas/Odd',
      { type: 'string', pattern: '(' },
      /^\/components\/schemas\/Odd: is not a usable schema: /,
    ],
    [
      'a security scheme that is not there',
      '/security',
      [{ cookie: [] }],
      /^\/security\/0: cookie is no security scheme of this contract: there are \w+/,
    ],
    [
      'a fact that is not stated',
      `${submit}/x-facts`,
      ['Z99'],
      /^\/paths\/~1v1~1generations\/post\/x-facts: Z99 is no fact/,
    ],
    [
      'a role for a field that is not there',
      `${block}/request/mask`,
      '/mask_address',
      /^\/paths\/.*\/x-async-task\/request\/mask: \/mask_address is no place of .*; known there are .*prompt/,
    ],
    [
      'a number that is moved and not there',
      `${block}/clamp`,
      [{ pointer: '/many', minimum: 1, maximum: 4 }],
      /clamp\/0\/pointer: \/many is no place of /,
    ],
    [
      'a field of the answer that is not there',
      `${block}/answer/~1nothing~1here`,
      'progress',
      /x-async-task\/answer\/~1nothing~1here: \/nothing\/here is no place of /,
    ],
    [
      'a field of a poll that is not there',
      `${block}/poll/answer/~1nothing`,
      'progress',
      /poll\/answer\/~1nothing: \/nothing is no place of /,
    ],
    [
      'a field of errors that is not there',
      `${block}/errors/answer/~1nothing`,
      'error.code',
      /errors\/answer\/~1nothing: \/nothing is no place of /,
    ],
    [
      'a word that no schema lists',
      `${block}/status/words/sleeping`,
      'queued',
      /status\/words\/sleeping: is no word of .*: there are /,
    ],
    [
      'an id in the wrong part of the request',
      `${block}/poll/id`,
      { in: 'query', name: 'job' },
      /poll\/id: \w+ has no parameter job in query: it has /,
    ],
    [
      'another status for what is accepted',
      `${block}/acceptedStatus`,
      202,
      /\/responses: has no answer for 202, with which tasks are accepted$/,
    ],
    [
      'an example that is refused',
      `${submit}/requestBody/content/application~1json/examples/wrong`,
      { value: { prompt: 7 } },
      /examples\/wrong\/value\/prompt: the example breaks .*\/type: must be string$/,
    ],
  ];

  test('the contract without the mistake is taken', async () => {
    expect(await problemsOf(good)).toEqual([]);
  });

  test.each(cases)('%s', async (_, place, value, told) => {
    const problems = await problemsOf(withAt(good, place, value as never));
    expect(problems).toContainEqual(expect.stringMatching(told));
  });

  test('a name of an operation that is used twice', async () => {
    const [first] = Object.values(good.paths) as { post: { operationId: string } }[];
    const other = { operationId: first?.post.operationId, responses: { '200': { description: 'Another one.' } } };
    const problems = await problemsOf(withAt(good, '/paths/~1v1~1others', { get: other } as never));
    expect(problems).toEqual([`/paths/~1v1~1others/get/operationId: ${other.operationId} names ${submit} already`]);
  });

  test('a path with a place that no parameter explains', async () => {
    const operation = { operationId: 'getOther', responses: { '200': { description: 'Another one.' } } };
    const problems = await problemsOf(withAt(good, '/paths/~1v1~1others~1{id}', { get: operation } as never));
    expect(problems).toEqual([
      '/paths/~1v1~1others~1{id}/get/parameters: has no path parameter id, which /v1/others/{id} needs',
    ]);
  });

  test('a word without a phase', async () => {
    const words = good.paths['/v1/generations'].post['x-async-task'].status.words as Record<string, string>;
    const [word = ''] = Object.keys(words);
    const problems = await problemsOf(withoutAt(good, `${block}/status/words/${word}`));
    expect(problems).toContainEqual(
      expect.stringMatching(new RegExp(`has the word ${word}, which x-async-task gives no phase`)),
    );
  });
});

describe('what is shipped has no such mistake, in no reading', () => {
  test.each(vendorIds)(
    '%s',
    async (vendor) => {
      const file = contractFile(vendor);
      for (const dialect of [[], ...(await dialectNames(file)).map((name) => [name])])
        expect((await loadContract(file, { dialect })).dialects).toEqual(dialect);
    },
    60_000,
  );
});
