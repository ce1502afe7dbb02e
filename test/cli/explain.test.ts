import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { vendorIds } from '../../specs/index.gen.js';
import { loadContract } from '../../src/contract/load-contract.js';
import { UsageError } from '../../src/core/errors.js';
import { resolveContract } from '../../src/entry/contracts.js';
import { explainFact, explainFacts } from '../../src/entry/explain.js';
import { explainPointer } from '../../src/entry/explain-place.js';
import { proofsheet } from '../support/cli.js';
import { root } from '../support/source-tree.js';

const fifth = await loadContract(join(root, 'examples', 'fifth-vendor', 'openapi.yaml'));
const submit = '/paths/~1jobs/post';

describe('a fact', () => {
  test('comes with its places, checks and the severity of breaking it', () => {
    const fact = explainFact(fifth, 'f4');
    expect(fact).toMatchObject({ id: 'F4', mark: 'S', severity: 'error', mocked: ['refuses', 'renders'] });
    expect(fact.stated).toEqual([
      '/components/schemas/Drawing/properties/canvas',
      `${submit}/x-async-task/delivery/facts/size`,
    ]);
    expect(fact.checks).toEqual(expect.arrayContaining(['constraint-refused', 'size-honoured']));
  });

  test('is proved by faults that one of its checks must find', async () => {
    const fact = explainFact(await resolveContract('gptimage15'), 'G17');
    expect(fact.checks).toContain('failure-costs-nothing');
    expect(fact.faults).toContain('charges-failure');
  });

  test('that nobody can see says why', () => {
    expect(explainFact(fifth, 'F12').unobservable).toBe('The end of a link lies an hour away.');
  });

  test('that no place names can still be a behaviour of the mock', () => {
    expect(explainFact(fifth, 'H8')).toMatchObject({ stated: [], mocked: ['behaves'] });
  });

  test('that does not exist is answered with what looks alike', () => {
    expect(() => explainFact(fifth, 'F99')).toThrow(UsageError);
    expect(() => explainFact(fifth, 'F99')).toThrow(/fifth-vendor has no fact "F99"\. Near it: .*F9/);
  });
});

test.each(vendorIds)('every fact of %s is explained, and every place that it names exists', async (id) => {
  const contract = await resolveContract(id);
  const facts = explainFacts(contract);
  expect(facts.map((fact) => fact.id)).toEqual([...contract.facts.keys()]);
  for (const { stated } of facts)
    for (const pointer of stated) expect(explainPointer(contract, pointer)[0]?.places).toHaveLength(1);
});

describe('a pointer', () => {
  test('into a request leads to the schema of the field, its conditions and its facts', () => {
    const [found, ...others] = explainPointer(fifth, '/copies');
    expect(others).toEqual([]);
    expect(found?.of).toBe('request of draw (application/json)');
    expect(found?.places).toMatchObject([
      {
        pointer: '/components/schemas/Drawing/properties/copies',
        constraint: { type: 'integer', minimum: 1, maximum: 3, default: 1 },
        facts: [{ id: 'F5' }],
        severity: 'error',
      },
      {
        pointer: '/components/schemas/Drawing/allOf/0/then/properties/copies',
        when: 'canvas is "tall"',
        constraint: { maximum: 1 },
        facts: [{ id: 'F14' }],
      },
    ]);
  });

  test('says that a field is required, by the facts of the field', () => {
    const [found] = explainPointer(fifth, '/text');
    expect(found?.places[1]).toMatchObject({ constraint: 'text is required', facts: [{ id: 'F13' }] });
  });

  test('into an answer leads through alternatives and lists', () => {
    const [found] = explainPointer(fifth, '/job/pictures/0/link');
    expect(found?.of).toBe('answer of look (application/json)');
    expect(found?.places[0]).toMatchObject({ when: 'it is a ReadyJob', constraint: { format: 'uri' } });
  });

  test('into the contract follows references', () => {
    const [found] = explainPointer(fifth, `${submit}/requestBody/content/application~1json/schema/properties/canvas`);
    expect(found).toMatchObject({
      of: 'contract',
      places: [{ pointer: '/components/schemas/Drawing/properties/canvas' }],
    });
  });

  test('into a task block names the facts of the block, and never those of the operation', async () => {
    expect(explainPointer(fifth, `${submit}/x-async-task/price/amount`)[0]?.places[0]).toMatchObject({
      constraint: 2,
      facts: [{ id: 'F10' }],
    });
    const { places } = explainPointer(await resolveContract('evolink'), '/size')[0] ?? { places: [] };
    expect(places.at(-1)).toMatchObject({ constraint: '1024x1024', facts: [], severity: 'note' });
  });

  test.each([
    ['/copy', /Near it: \/copies/],
    ['/components/schemas/Drawings', /\/components\/schemas has Drawing/],
    ['/constructor', /A request has/],
    ['/nothing-like-it', /A request has \/text, \/canvas, \/copies, \/file\./],
  ])('%s leads nowhere and is answered with what is near', (pointer, message) => {
    expect(() => explainPointer(fifth, pointer)).toThrow(message);
  });
});

describe('the command', () => {
  test('lists the facts of a contract file', async () => {
    const { code, stdout } = await proofsheet(['explain', fifth.file]);
    expect(stdout).toMatch(/^An imaginary picture service: \d+ facts\n/);
    expect(stdout).toMatch(/^F13 +S {2}The text is required/m);
    expect(code).toBe(0);
  });

  test('prints one fact for a person, and JSON for a program', async () => {
    const { stdout } = await proofsheet(['explain', 'gptimage15', 'G17']);
    expect(stdout).toMatch(/^G17 {2}A request costs 10 credits/);
    expect(stdout).toMatch(/^proved by {3}.*charges-failure/m);
    const json = await proofsheet(['explain', 'gptimage15', 'G17', '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ id: 'G17', severity: 'error' });
  });

  test('prints the constraint at a pointer', async () => {
    const { stdout, code } = await proofsheet(['explain', 'gptimage15', '/size']);
    expect(stdout).toContain('/size of the request of createImage');
    expect(stdout).toContain('G3 S  The size is');
    expect(stdout).toContain('breaking it is an error');
    expect(code).toBe(0);
  });

  test.each([
    [['explain', 'gptimage15', 'G177'], /has no fact "G177"\. Near it: G17/],
    [['explain', 'gptimage15', '/sise'], /Near it: \/size/],
    [['explain', 'nobody'], /Unknown vendor "nobody"/],
  ])('exits 2 for %j', async (args, message) => {
    const { code, stdout, stderr } = await proofsheet(args);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});
