import { expect, test } from 'vitest';
import { exitCodeFor } from '../../src/conformance/run-check.js';
import { check, failed } from './check-page-server.js';
import type { Twist } from './page-server.js';

const variations: readonly (readonly [name: string, expected: string, pointer: string, twist: Twist])[] = [
  ['serves without a key', 'missing-key-refused', '', { account: (key) => (key === 'sk-second' ? 'second' : 'first') }],
  [
    'takes a size that is not listed',
    'constraint-refused',
    '/size',
    { refusal: (p) => (p?.includes('size') ? undefined : p) },
  ],
  [
    'crashes on a mistake',
    'server-error',
    '/prompt',
    { reply: (reply) => (reply.status === 400 ? { ...reply, status: 500 } : reply) },
  ],
  [
    'puts errors into another shape',
    'error-envelope',
    '/message',
    { reply: (reply) => (reply.status >= 400 ? { ...reply, body: { oops: true } } : reply) },
  ],
  [
    'refuses scripts other than Latin',
    'valid-accepted',
    '',
    { refusal: (p, { prompt }) => p ?? (/[^ -~]/.test(String(prompt)) ? 'odd' : undefined) },
  ],
  [
    'goes back to the queue',
    'transition-legal',
    '/data/status',
    {
      view: (data, { polls }) =>
        data['status'] === 'IN_PROGRESS' && polls >= 3 ? { ...data, status: 'PENDING' } : data,
    },
  ],
  [
    'uses a word of its own',
    'status-known',
    '/data/status',
    { view: (data) => (data['status'] === 'PENDING' ? { ...data, status: 'WAITING' } : data) },
  ],
  [
    'never comes to an end',
    'eventually-terminal',
    '/data/status',
    {
      view: (data, { id }) => ({
        task_id: id,
        status: 'IN_PROGRESS',
        consumed_credits: 10,
        created_at: data['created_at'] ?? '2025-01-01T00:00:00Z',
      }),
    },
  ],
  [
    'cuts image files short',
    'result-intact',
    '',
    {
      file: (bytes) => ({
        status: 200,
        headers: { 'content-type': 'image/png' },
        body: bytes.subarray(0, 400),
        truncated: false,
      }),
    },
  ],
  [
    'charges for failures',
    'failure-costs-nothing',
    '/data/consumed_credits',
    { view: (data) => ('consumed_credits' in data ? { ...data, consumed_credits: 10 } : data) },
  ],
  [
    'calls unknown tasks running',
    'unknown-id-refused',
    '',
    { unknown: () => ({ status: 200, body: { code: 200, data: { task_id: 'x', status: 'PENDING' } } }) },
  ],
];

test.each(variations)('a server that %s fails %s', async (_, expected, pointer, twist) => {
  const { report } = await check({ twist });
  expect(failed(report)).toContain(expected);
  const finding = report.findings.find((one) => one.check === expected);
  expect(finding).toMatchObject({ severity: 'error', pointer });
  expect(finding?.curl).toMatch(/^curl /);
  const ids = report.exchanges.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining([...(finding?.evidence.exchanges ?? ['none'])]));
  expect(report.verdict).toBe('violations');
  expect(exitCodeFor(report)).toBe(1);
});
