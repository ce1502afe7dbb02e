/** Reports built by hand: one that keeps its contract, one that breaks it in every severity, one that saw nothing. */
import type { CheckOutcome, CheckReport, Finding } from '../../src/core/check-report.js';
import { base, exchange, exchanges, imageUrl, START, task } from './exchange-fixtures.js';

export const tinyPng =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

export const check = (
  id: string,
  title: string,
  verdict: CheckOutcome['verdict'],
  more: Partial<CheckOutcome> = {},
) => ({
  id,
  title,
  ledger: ['A10'],
  verdict,
  observations: 6,
  ...more,
});

export const conformant: CheckReport = {
  schemaVersion: 1,
  kind: 'check',
  tool: { name: 'proofsheet', version: '0.1.0' },
  vendor: 'acme',
  target: base,
  seed: 42,
  startedAt: '2026-03-01T10:00:00.000Z',
  finishedAt: '2026-03-01T10:00:04.250Z',
  verdict: 'conformant',
  summary: {
    depth: 'full',
    requests: 6,
    tasks: 1,
    images: 1,
    checks: { pass: 9, fail: 0, inconclusive: 0, skipped: 1 },
    findings: { error: 0, warning: 0, note: 0 },
  },
  checks: [
    check('answer-schema', 'Every answer fits its schema', 'pass'),
    check('phase-order', 'A task never goes back to an earlier phase', 'pass', { ledger: ['A10', 'L3'] }),
    check('progress-monotone', 'Progress never falls and ends at 100', 'pass'),
    check('terminal-stable', 'A finished task stays as it is', 'pass'),
    check('result-downloads', 'Every result URL gives a whole image', 'pass', { observations: 1 }),
    check('result-size', 'Images have the size that was asked for', 'pass', { observations: 1 }),
    check('refuses-bad-key', 'A wrong key is refused', 'pass'),
    check('refuses-bad-value', 'A value outside the contract is refused', 'pass'),
    check('unknown-task', 'An unknown task is 404', 'pass'),
    check('foreign-task', 'Another account cannot see the task', 'skipped', {
      reason: 'needs a second account: give --other-key',
      observations: 0,
    }),
  ],
  findings: [],
  exchanges,
};

export const findings: readonly Finding[] = [
  {
    check: 'result-expiry-told',
    severity: 'note',
    ledger: ['I4'],
    operation: 'GET /v1/images/tasks/{id}',
    message: 'The answer does not say when the result URL expires.',
    pointer: '',
    evidence: { exchanges: ['x5'] },
    curl: `curl -s -H "Authorization: Bearer $PROOFSHEET_ACME_API_KEY" '${base}/v1/images/tasks/task-7f3a'`,
  },
  {
    check: 'phase-order',
    severity: 'error',
    ledger: ['A10', 'L3'],
    operation: 'GET /v1/images/tasks/{id}',
    message:
      'The task went back from processing to pending between two polls, so a client that acts on the first change of phase acts twice.',
    pointer: '/status',
    evidence: {
      exchanges: ['x3', 'x4'],
      expected: 'processing, completed or failed',
      observed: 'pending',
    },
    curl: `curl -s \\\n  -H "Authorization: Bearer $PROOFSHEET_ACME_API_KEY" \\\n  '${base}/v1/images/tasks/task-7f3a'`,
  },
  {
    check: 'result-size',
    severity: 'warning',
    ledger: ['X2'],
    operation: imageUrl,
    message: '图片尺寸与请求不符: the image is smaller than what was asked for.',
    pointer: '',
    evidence: { exchanges: ['x6'], expected: '1536x1024', observed: '1024x1024' },
    curl: `curl -s -o image.png '${imageUrl}'`,
  },
  {
    check: 'answer-schema',
    severity: 'error',
    ledger: ['A12'],
    operation: 'POST /v1/images/tasks',
    message: 'The connection closed before an answer came.',
    pointer: '',
    evidence: { exchanges: ['x7'], expected: 'an answer' },
    curl: `curl -s -d '${'p'.repeat(2000)}' '${base}/v1/images/tasks'`,
  },
];

export const violating: CheckReport = {
  ...conformant,
  vendor: 'umber',
  verdict: 'violations',
  finishedAt: '2026-03-01T10:01:15.500Z',
  summary: {
    depth: 'smoke',
    requests: 1207,
    tasks: 2,
    images: 1,
    checks: { pass: 3, fail: 4, inconclusive: 1, skipped: 1 },
    findings: { error: 2, warning: 1, note: 1 },
    stopped: 'the task limit of 2 was reached',
  },
  checks: [
    check('answer-schema', 'Every answer fits its schema', 'fail'),
    check('phase-order', 'A task never goes back to an earlier phase', 'fail', { ledger: ['A10', 'L3'] }),
    check('result-size', 'Images have the size that was asked for', 'fail', { observations: 1 }),
    check('result-expiry-told', 'The end of a result URL is announced', 'fail', { ledger: ['I4'], observations: 1 }),
    check('callback-delivery', 'A callback arrives once', 'inconclusive', {
      reason: 'the receiver saw nothing within 30 s, and the contract does not say how long a delivery may take',
    }),
    ...conformant.checks.slice(5),
  ].filter(({ id, verdict }) => id !== 'result-size' || verdict === 'fail'),
  findings,
  exchanges: [
    ...exchanges.slice(0, 3),
    exchange(4, 'GET', '/v1/images/tasks/task-7f3a', task('pending')),
    ...exchanges.slice(4),
    {
      id: 'x7',
      probe: 'long-prompt',
      operation: 'submitTask',
      request: { method: 'POST', url: `${base}/v1/images/tasks`, headers: {} },
      failure: 'ECONNRESET after 0 bytes',
      startedAt: START + 400,
      finishedAt: START + 410,
    },
  ],
};

export const unreachable: CheckReport = {
  ...conformant,
  verdict: 'inconclusive',
  finishedAt: '2026-03-01T10:00:00.020Z',
  summary: {
    depth: 'free',
    requests: 1,
    tasks: 0,
    images: 0,
    checks: { pass: 0, fail: 0, inconclusive: 0, skipped: 1 },
    findings: { error: 0, warning: 0, note: 0 },
    stopped: 'connect ECONNREFUSED 127.0.0.1:4010',
  },
  checks: conformant.checks.filter(({ verdict }) => verdict === 'skipped'),
  exchanges: [],
};
