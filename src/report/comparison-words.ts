import type { PolicyComparison, PolicyRow } from '../core/load-report.js';
import { exactly, figure, percent, wholeNumber } from './report-words.js';

export function comparisonFacts({ target, seed, scenario, tasks }: PolicyComparison): (readonly [string, string])[] {
  return [
    ['target', target],
    ['seed', String(seed)],
    ...(scenario === undefined ? [] : ([['scenario', scenario]] as const)),
    ['tasks each', wholeNumber(tasks)],
  ];
}

export const comparisonColumns = [
  'Policy',
  'On the front',
  'Mean ms',
  'p50 ms',
  'p99 ms',
  'Polls per task',
  'Wasted',
  'Answers 429',
  'Cost per task',
] as const;

export function comparisonCells({ policy, onFront, timeToDetectMs, pollsPerTask, metrics }: PolicyRow): string[] {
  const { wasteRatio, throttledShare, costPerCompletedTask } = metrics;
  return [
    policy,
    onFront ? 'yes' : 'no',
    figure(timeToDetectMs.mean),
    figure(timeToDetectMs.p50),
    figure(timeToDetectMs.p99),
    figure(pollsPerTask),
    percent(wasteRatio, 1),
    percent(throttledShare, 1),
    costPerCompletedTask === null ? '-' : exactly(costPerCompletedTask),
  ];
}
