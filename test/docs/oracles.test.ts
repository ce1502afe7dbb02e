/** Every known kind of defect is accounted for: by a check that exists, or by a reason. */
import { expect, test } from 'vitest';
import { answerOracles, taskOracles, unjudgedCodes } from '../../scripts/generate/oracles.js';
import { checks } from '../../src/conformance/checks/index.gen.js';
import { faultCategories } from '../../src/core/fault-taxonomy.js';

const all = [...answerOracles, ...taskOracles];

test('every kind of defect on whole tasks has a row, and each row is there once', () => {
  expect(taskOracles.map(({ id }) => id)).toEqual(
    Array.from({ length: 44 }, (_, index) => `T${String(index + 1).padStart(2, '0')}`),
  );
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
});

test('every kind of defect on single answers has a row', () => {
  const known =
    'server-error timeout status-documented status-expected body-schema body-syntax content-type headers-schema ' +
    'sse-event-schema negative-rejected positive-accepted missing-header unsupported-method allow-header hidden-endpoint ' +
    'auth-ignored auth-other-user anonymous-modify existence-leak 401-vs-403 stack-trace injection use-after-delete ' +
    'available-after-create failed-create-leaks failed-modify-side-effect child-of-other-parent invalid-id body-fuzz ' +
    'examples-work location-valid put-idempotent put-full put-201-misuse merge-patch status-sanity 429-documented ' +
    '202-monitor spec-lint backward-compat coverage liveness';
  expect(answerOracles.map(({ id }) => id)).toEqual(known.split(' '));
});

test('a row names checks that exist, or says why there are none', () => {
  const ids = new Set(checks.map(({ id }) => id));
  for (const { id, checks: named, limits } of all) {
    expect(
      named.filter((check) => !ids.has(check)),
      id,
    ).toEqual([]);
    expect(named.length > 0 || (limits ?? '').length > 10, id).toBe(true);
  }
});

test('every code of the public list is reported by a check, or the reason why not is told, never both', () => {
  const reported = new Set(checks.flatMap(({ codes = [] }) => codes));
  const excused = new Set(Object.keys(unjudgedCodes));
  for (const code of Object.keys(faultCategories))
    expect([code, reported.has(code as keyof typeof faultCategories) !== excused.has(code)]).toEqual([code, true]);
});
