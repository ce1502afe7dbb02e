import type { Reporter, TestModule, TestRunEndReason, Vitest } from 'vitest/node';

export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The closing line that CI reads: no colour, no decoration, alone on its line. */
export function summaryLine({ passed, failed, skipped }: Totals): string {
  const line = `${passed} passed, ${failed} failed`;
  return skipped > 0 ? `${line}, ${skipped} skipped` : line;
}

type CountedModule = Pick<TestModule, 'errors' | 'state' | 'children'>;

/**
 * Whatever makes the run fail must show in the count: a file that cannot be loaded, a suite hook that throws,
 * an error outside any test and a test cut off half way are failures too.
 */
export function countTotals(
  modules: readonly CountedModule[],
  errorsOutsideTests: number,
  interrupted: boolean,
): Totals {
  let passed = 0;
  let skipped = 0;
  let failed = errorsOutsideTests;
  for (const module of modules) {
    failed += module.errors().length;
    for (const suite of module.children.allSuites()) failed += suite.errors().length;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed') passed += 1;
      else if (state === 'failed' || (state === 'pending' && interrupted)) failed += 1;
      else skipped += 1;
    }
  }
  return { passed, failed, skipped };
}

export default class PlainSummaryReporter implements Reporter {
  #vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[], reason: TestRunEndReason): void {
    const totals = countTotals(modules, errors.length, reason === 'interrupted');
    // A run that failed for a reason not counted above must still not read as a clean one.
    const failed = reason !== 'passed' && totals.failed === 0 ? 1 : totals.failed;
    this.#vitest?.logger.log(summaryLine({ ...totals, failed }));
  }
}
