/** A submit that is repeated with its key, in the reading that promises it and in the one that does not. */
import { expect, test } from 'vitest';
import { judgeMock } from '../support/judge.js';

const id = 'submit-idempotent';
const verdictOf = async (...run: Parameters<typeof judgeMock>) => {
  const report = await judgeMock(...run);
  return { ...report.checks.find((one) => one.id === id), report };
};

test('is judged where a dialect that promises it was asked for', async () => {
  const { verdict, observations, report } = await verdictOf('apimart', [], 1, ['idempotency']);
  expect({ verdict, observations, findings: report.findings }).toEqual({
    verdict: 'pass',
    observations: 3,
    findings: [],
  });
  // The first one and its key with another body, one beside another at once: two tasks in all.
  const sent = report.exchanges.filter(({ probe, operation }) => probe === id || operation === 'createImage');
  const keyed = sent.filter(({ request }) => request.headers['Idempotency-Key'] !== undefined);
  expect(keyed.map(({ answer }) => answer?.status)).toEqual([200, 200, 409, 200, 200]);
});

test('is not tried on a server that nobody said promises it: that would only cost a task', async () => {
  const { verdict, reason, report } = await verdictOf('apimart');
  expect(verdict).toBe('skipped');
  expect(reason).toContain('unsafe');
  expect(report.exchanges.some(({ request }) => 'Idempotency-Key' in request.headers)).toBe(false);
});

test('counts as the task that it is, and its ids as one', async () => {
  const one = await judgeMock('apimart', [], 1, ['idempotency'], { only: ['repeated-submit'] });
  expect(one.summary.tasks).toBe(2);
  const two = await judgeMock('apimart', ['ignores-idempotency-key'], 1, ['idempotency'], {
    only: ['repeated-submit'],
  });
  expect(two.summary.tasks).toBe(5);
});

test('severity is that of whoever says so: client code, so a warning', async () => {
  const { findings } = await judgeMock('apimart', ['ignores-idempotency-key'], 1, ['idempotency']);
  expect(findings).toMatchObject([{ check: id, severity: 'warning', ledger: ['A28k'] }]);
});
