/** What a run has exercised of its contract is told constraint by constraint, and told truly. */
import { describe, expect, test, vi } from 'vitest';
import { createFits } from '../../src/conformance/coverage/fits.js';
import { formsOf } from '../../src/conformance/coverage/forms.js';
import type { Sent } from '../../src/conformance/evidence.js';
import { bodyConstraints } from '../../src/contract/constraints.js';
import { responseFor } from '../../src/contract/contract.js';
import type { KeywordCoverage } from '../../src/core/check-report.js';
import { contracts } from '../specs/contracts.js';
import { judgeClean, judgeMock } from '../support/judge.js';

/** A whole check on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

const vendors = ['apigo', 'apimart', 'evolink', 'gptimage15'];
const find = (
  coverage: readonly KeywordCoverage[],
  operation: string,
  part: string,
  pointer: string,
  keyword: string,
) =>
  coverage.find(
    (one) => one.operation === operation && one.part === part && one.pointer === pointer && one.keyword === keyword,
  );

describe.each(vendors)('%s', (vendor) => {
  test('a body fits by these rules exactly where the validator says so', async () => {
    const { exchanges } = await judgeClean(vendor);
    const contract = contracts.find(({ id }) => id === vendor);
    if (contract === undefined) throw new Error(`no contract for ${vendor}`);
    const judges = new Map<string, ReturnType<typeof createFits>>();
    const fits = (schema: string, value: unknown) => {
      const judge = judges.get(schema) ?? createFits(contract.document, schema);
      judges.set(schema, judge);
      return judge(value);
    };
    let bodies = 0;
    const disagreements = exchanges.flatMap(({ id, operation: name, request, answer }) => {
      const operation = contract.operations.find((one) => one.id === name);
      const json = 'application/json';
      const pairs: [string | undefined, string | undefined][] = [
        [operation?.request[json], request.body],
        [answer && operation && responseFor(operation, answer.status)?.content[json], answer?.body],
      ];
      return pairs.flatMap(([schema, text]) => {
        if (schema === undefined || text === undefined || !/^[[{]/.test(text) || text === '{') return [];
        let value: unknown;
        try {
          value = JSON.parse(text);
        } catch {
          return [];
        }
        bodies += 1;
        const isValid = contract.violations(schema, value).length === 0;
        return fits(schema, value) === isValid ? [] : [`${id}: ${isValid} for ${text.slice(0, 300)}`];
      });
    });
    expect(disagreements).toEqual([]);
    expect(bodies).toBeGreaterThan(50);
  });

  test('each entry stands in the contract once per place of the body, and says why it was not exercised', async () => {
    const { coverage = [] } = await judgeClean(vendor);
    const contract = contracts.find(({ id }) => id === vendor);
    const schema = contract?.submit?.request['application/json'] ?? '';
    const listed = new Set(bodyConstraints(contract?.document as never, schema).map(({ pointer }) => pointer));
    const own = coverage.filter(
      (one) => one.operation === contract?.submit?.id && one.part === 'request' && one.in === undefined,
    );
    expect(own.length).toBeGreaterThan(10);
    for (const { schema: pointer } of own) expect(listed.has(pointer) || listed.has(`${pointer}/0`)).toBe(true);
    expect(
      new Set(coverage.map(({ operation, part, schema: at, pointer }) => `${operation} ${part} ${at} ${pointer}`)).size,
    ).toBe(coverage.length);
    for (const { part, kept, broken, reason } of coverage) {
      const isDone = part === 'request' ? kept > 0 && broken > 0 : kept + broken > 0;
      expect(reason === undefined).toBe(isDone);
    }
    const both = own.filter(({ reason }) => reason === undefined).length;
    expect(both / own.length).toBeGreaterThan(0.5);
  });
});

test('both sides of a constraint are counted by requests, and answers by their places', async () => {
  const { coverage = [] } = await judgeClean('evolink');
  expect(find(coverage, 'createImage', 'request', '/prompt', 'required')).toMatchObject({ broken: expect.any(Number) });
  const prompt = find(coverage, 'createImage', 'request', '/prompt', 'type');
  expect(prompt?.kept).toBeGreaterThan(10);
  expect(prompt?.broken).toBeGreaterThan(0);
  const status = find(coverage, 'getTask', '200', '/status', 'enum');
  expect(status?.kept).toBeGreaterThan(20);
  expect(status?.broken).toBe(0);
  expect(status?.facts).toEqual(['E11']);
});

test('an answer that breaks a constraint is counted as broken, one that never came has its reason', async () => {
  const { coverage = [] } = await judgeMock('evolink', ['unknown-status-word']);
  expect(find(coverage, 'getTask', '200', '/status', 'enum')?.broken).toBeGreaterThan(0);
  const reasons = coverage.filter(({ part }) => part !== 'request').map(({ reason }) => reason);
  expect(reasons.some((reason) => /^no answer with status \d+ came$/.test(reason ?? ''))).toBe(true);
});

test('two runs with the same seed give the same coverage', async () => {
  const [one, other] = [await judgeClean('gptimage15'), await judgeMock('gptimage15')];
  expect(one.coverage).toEqual(other.coverage);
});

test('forms count like JSON bodies', async () => {
  const { coverage = [], exchanges } = await judgeClean('apigo');
  const forms = exchanges.filter(({ request }) => request.headers['content-type']?.startsWith('multipart/form-data'));
  const [operation = ''] = forms.flatMap((one) => one.operation ?? []);
  const own = coverage.filter((one) => one.operation === operation && one.part === 'request' && one.in === undefined);
  expect(own.length).toBeGreaterThan(10);
  expect(find(own, operation, 'request', '/prompt', 'required')).toMatchObject({ kept: expect.any(Number), broken: 1 });
  expect(own.filter(({ kept, broken }) => kept > 0 && broken > 0).length / own.length).toBeGreaterThan(0.5);
});

test('parameters count by what stands in the address and in headers', async () => {
  const [query, path, header] = await Promise.all(['gptimage15', 'evolink', 'apimart'].map(judgeClean));
  const where = { query, path, header };
  const seen = (kind: keyof typeof where, pointer: string, keyword: string) =>
    where[kind]?.coverage?.filter((one) => one.in === kind && one.pointer === pointer && one.keyword === keyword) ?? [];
  for (const [one] of [seen('query', '/task_id', 'required'), seen('path', '/task_id', 'pattern')]) {
    expect(one?.kept).toBeGreaterThan(20);
    expect(one?.broken).toBeGreaterThan(0);
    expect(one?.facts).not.toEqual([]);
  }
  expect(seen('header', '/Accept-Language', 'type').some(({ kept }) => kept > 0)).toBe(true);
});

test('headers of answers count where the contract documents them', async () => {
  const { coverage = [] } = await judgeClean('apigo');
  const headers = coverage.filter((one) => one.in === 'header' && one.part === '200');
  expect(headers.map(({ pointer }) => pointer)).toContain('/X-Request-Id');
  expect(headers.every(({ kept }) => kept > 0)).toBe(true);
  const { coverage: garbled = [] } = await judgeMock('apigo', ['garbles-headers']);
  const empty = garbled.filter((one) => one.in === 'header' && one.part === '200');
  expect(empty.map(({ kept, reason }) => [kept, reason])).toContainEqual([0, 'no answer had a value there']);
});

test('a web form is read with the types that its contract gives to the fields', () => {
  const schema = {
    properties: { n: { type: 'integer' }, loud: { type: 'boolean' }, tag: {}, prompt: { type: 'string' } },
  };
  const sent = (body: string, type = 'application/x-www-form-urlencoded; charset=utf-8') =>
    ({ exchange: { request: { headers: { 'content-type': type }, body } } }) as unknown as Sent;
  const read = (one: Sent) => formsOf({ schema }, '/schema', 'application/x-www-form-urlencoded', [one]);
  expect(read(sent('n=3&loud=true&prompt=7&tag=a&tag=b'))).toEqual([
    { value: { n: 3, loud: true, prompt: '7', tag: ['a', 'b'] }, count: 1 },
  ]);
  expect(read(sent('n=many'))).toEqual([{ value: { n: 'many' }, count: 1 }]);
  expect(read(sent('{}', 'application/json'))).toEqual([]);
});
