/** Any vendor's contract file is mocked and checked without a line of TypeScript. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { imageClient } from '../../src/entry/client.js';
import { createMockFetch } from '../../src/entry/mock.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { proofsheet, type RunningCommand, runningMock } from '../support/cli.js';
import { clockInside } from '../support/in-process.js';
import { judgeMock } from '../support/judge.js';
import { root } from '../support/source-tree.js';

const file = join(root, 'examples', 'fifth-vendor', 'openapi.yaml');

test('the contract lints clean', () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/@redocly/cli/bin/cli.js'), 'lint', file, '--config', join(root, 'specs/redocly.yaml')],
    {
      encoding: 'utf8',
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NO_COLOR: '1' },
    },
  );
  expect(status, `${stdout}${stderr}`).toBe(0);
});

test('a check of its mock finds nothing', async () => {
  const report = await judgeMock(file);
  expect(report.findings).toEqual([]);
  expect(report.verdict).toBe('conformant');
});

test.each([
  ['wrong-size', 'size-honoured'],
  ['wrong-format', 'format-honoured'],
  ['wrong-count', 'count-honoured'],
  ['accepts-invalid', 'constraint-refused'],
  ['unknown-status-word', 'status-known'],
  ['goes-back', 'transition-legal'],
  ['never-ends', 'eventually-terminal'],
  ['charges-failure', 'failure-costs-nothing'],
  ['failure-without-reason', 'failure-has-reason'],
  ['wrong-error-envelope', 'error-envelope'],
  ['accepts-poor', 'balance-required'],
  ['unknown-task-crashes', 'unknown-id-refused'],
  ['leaks-foreign-task', 'foreign-id-refused'],
  ['truncated-image', 'result-intact'],
])('its mock with %s is found by %s', async (fault, check) => {
  const report = await judgeMock(file, [fault]);
  expect(report.findings.map((finding) => finding.check)).toContain(check);
});

test('the unified client speaks to it', async () => {
  const clock = createVirtualClock();
  const transport = await createMockFetch({ vendors: [file], clock: clockInside(clock) });
  const client = await imageClient(file, {
    transport,
    clock,
    baseUrl: 'http://127.0.0.1/fifth-vendor',
    apiKey: 'sk-fifth-vendor-test',
  });
  const { images } = await clock.run(() =>
    client.generate({ prompt: 'A red kite above a harbour', size: '1152x768', count: 2 }),
  );
  expect(images).toHaveLength(2);
});

describe('by the command', () => {
  let mock: RunningCommand;
  beforeAll(async () => {
    mock = await runningMock(file, '--speed', '100');
  });
  afterAll(async () => {
    await mock.interrupt();
  });

  test('check of the file finds the mock of the file conformant', async () => {
    const url = mock.ready.vendors['fifth-vendor'] ?? '';
    const { code, stdout, stderr } = await proofsheet(['check', file, '--base-url', url, '--fail-on', 'note']);
    expect(stderr).toContain('fifth-vendor at http');
    expect(stdout).toContain('CONFORMANT');
    expect(code).toBe(0);
  });
});
