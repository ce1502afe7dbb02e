import { expect, test } from 'vitest';
import { countTotals, summaryLine } from '../support/plain-summary-reporter.js';

type CountedModule = Parameters<typeof countTotals>[0][number];

/** As much of a test file as counting needs. */
function moduleWith(states: readonly string[], moduleErrors = 0, suiteErrors = 0): CountedModule {
  const errors = (count: number) => () => Array.from({ length: count }, () => ({ message: 'broken' }));
  return {
    errors: errors(moduleErrors),
    state: () => 'passed',
    children: {
      allSuites: () => [{ errors: errors(suiteErrors) }],
      allTests: () => states.map((state) => ({ result: () => ({ state }) })),
    },
  } as unknown as CountedModule;
}

test('the closing line is plain and mentions skipped tests only if there are any', () => {
  expect(summaryLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
  expect(summaryLine({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
});

test('passed, failed and skipped tests are counted over all files', () => {
  const modules = [moduleWith(['passed', 'failed']), moduleWith(['passed', 'skipped'])];
  expect(countTotals(modules, 0, false)).toEqual({ passed: 2, failed: 1, skipped: 1 });
});

test('what breaks outside a test counts as a failure', () => {
  expect(countTotals([moduleWith([], 1)], 0, false).failed).toBe(1);
  expect(countTotals([moduleWith(['passed'], 0, 1)], 0, false).failed).toBe(1);
  expect(countTotals([moduleWith(['passed'])], 1, false).failed).toBe(1);
});

test('a test cut off half way counts as a failure', () => {
  expect(countTotals([moduleWith(['passed', 'pending'])], 0, true)).toEqual({ passed: 1, failed: 1, skipped: 0 });
});
