import type { KeywordCoverage } from '../core/check-report.js';
import { wholeNumber } from './report-words.js';

/** A constraint of a request is exercised once a body has kept it and another has broken it. */
export function isExercised({ part, kept, broken }: KeywordCoverage): boolean {
  return part === 'request' ? kept > 0 && broken > 0 : kept + broken > 0;
}

/** `coverage: 212 of 240 request constraints exercised on both sides, 300 of 412 of answers seen`. */
export function coverageWords(coverage: readonly KeywordCoverage[]): string {
  const requests = coverage.filter(({ part }) => part === 'request');
  const answers = coverage.filter(({ part }) => part !== 'request');
  const share = (some: readonly KeywordCoverage[]) =>
    `${wholeNumber(some.filter(isExercised).length)} of ${wholeNumber(some.length)}`;
  return `coverage: ${share(requests)} request constraints exercised on both sides, ${share(answers)} of answers seen`;
}
