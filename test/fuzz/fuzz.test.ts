import { expect, test } from 'vitest';
import { vendorIds } from '../../specs/index.gen.js';
import { contracts } from '../specs/contracts.js';
import { fuzzMock } from './fuzz-mock.js';
import type { HostileRequest } from './hostile-request.js';
import { complaintAbout } from './judge-answer.js';
import { kinds, kindsOf } from './kinds.js';

// The whole of it is `npm run fuzz`; this is a sample that never changes, with a seed that shows every kind.
test.each(vendorIds)(
  'hostile requests to %s are answered or cut off, and nothing else happens',
  {
    timeout: 60_000,
  },
  async (vendor) => {
    const result = await fuzzMock({ seed: 22, requests: 350, vendor });
    expect(result.failure).toBeUndefined();
    expect(result.sent).toBeGreaterThanOrEqual(350);
    // A sample in which everything is refused at the door would prove little.
    for (const status of [0, 200, 400, 404]) expect(result.statuses.get(status) ?? 0).toBeGreaterThan(0);
    expect(kinds.filter((kind) => !result.kinds.has(kind))).toEqual([]);
  },
);

const plain: HostileRequest = {
  method: 'POST',
  path: '/evolink/v1/images/generations',
  headers: [
    ['host', '127.0.0.1'],
    ['content-type', 'application/json'],
  ],
  body: Buffer.from('{"prompt":"A lake","n":2}'),
  sending: 'whole',
};

test('an honest request is hostile in no way', () => {
  expect(kindsOf(plain)).toEqual([]);
  expect(kindsOf({ ...plain, sending: 'hang-up', path: '/evolink/%2e%2e/x' })).toEqual([
    'path tricks',
    'early hang-ups',
  ]);
});

test.each([
  ['a failure of the server', 500, 'application/json', '{"error":{"message":"x"}}', /status 500/],
  ['a page', 404, 'text/html', '<h1>Not found</h1>', /is text\/html/],
  ['half an answer', 400, 'application/json', '{"error":', /not valid JSON/],
  ['a stack trace', 400, 'application/json', '{"error":{"message":"at run (node:vm:1)"}}', /stack trace/],
  ['another shape', 200, 'application/json', '{"id":"x"}', /breaks the contract/],
  ['a refusal without a word', 404, 'application/json', '{}', /without a message/],
])('%s would be noticed', (_, status, type, text, complaint) => {
  expect(complaintAbout(contracts, plain, { status: 0, headers: {}, body: Buffer.alloc(0) })).toMatch(/without a word/);
  const answer = { status, headers: { 'content-type': type }, body: Buffer.from(text) };
  expect(complaintAbout(contracts, plain, answer)).toMatch(complaint);
});
