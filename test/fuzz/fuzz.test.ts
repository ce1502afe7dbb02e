import { expect, test } from 'vitest';
import { contracts } from '../specs/contracts.js';
import { fuzzMock } from './fuzz-mock.js';
import type { HostileRequest } from './hostile-request.js';
import { complaintAbout } from './judge-answer.js';

// The whole of it is `npm run fuzz`; this is a sample that never changes.
test('three hundred hostile requests are answered or cut off, and nothing else happens', {
  timeout: 60_000,
}, async () => {
  const { sent, statuses, failure } = await fuzzMock({ seed: 20_250_101, requests: 300 });
  expect(failure).toBeUndefined();
  expect(sent).toBeGreaterThanOrEqual(300);
  // A sample in which everything is refused at the door would prove little.
  for (const status of [200, 400, 404, 405, 415]) expect(statuses.get(status) ?? 0).toBeGreaterThan(0);
});

test.each([
  ['a failure of the server', 500, 'application/json', '{"error":{"message":"x"}}', /status 500/],
  ['a page', 404, 'text/html', '<h1>Not found</h1>', /is text\/html/],
  ['half an answer', 400, 'application/json', '{"error":', /not valid JSON/],
  ['a stack trace', 400, 'application/json', '{"error":{"message":"at run (node:vm:1)"}}', /stack trace/],
  ['another shape', 200, 'application/json', '{"id":"x"}', /breaks the contract/],
  ['a refusal without a word', 404, 'application/json', '{}', /without a message/],
])('%s would be noticed', (_, status, type, text, complaint) => {
  const request: HostileRequest = {
    method: 'POST',
    path: '/evolink/v1/images/generations',
    headers: [],
    body: new Uint8Array(),
    sending: 'whole',
  };
  const answer = { status, headers: { 'content-type': type }, body: Buffer.from(text) };
  expect(complaintAbout(contracts, request, answer)).toMatch(complaint);
});
