import type { LoadReport } from '../core/load-report.js';
import { counted, figure, wholeNumber } from './report-words.js';

/** What a saturation run found, line by line; empty for any other run. */
export function saturationTold({ saturation }: Pick<LoadReport, 'saturation'>): (readonly [string, string])[] {
  if (saturation === undefined) return [];
  const { requests, durationMs, requestsPerSecond, connections, errors, non2xx } = saturation;
  return [
    ['rate', `${wholeNumber(requestsPerSecond)} requests per second`],
    [
      'requests',
      `${wholeNumber(requests)} over ${counted(connections, 'connection')} in ${figure(durationMs / 1000)} s`,
    ],
    ['failures', `${counted(errors, 'error')}, ${wholeNumber(non2xx)} not 2xx`],
    ...(saturation.ceilings ?? []).map(
      ({ endpoint, requestsPerSecond: rate, connections: over, p99Ms, reason }) =>
        [
          `${endpoint}s`,
          `${wholeNumber(rate)} a second over ${counted(over, 'connection')}, p99 ${figure(p99Ms)} ms; ${reason}`,
        ] as const,
    ),
  ];
}

export const stepColumns = ['connections', 'requests/s', 'p50 ms', 'p99 ms', 'failures'] as const;

/** The steps of one endpoint, row by row. */
export function stepRows({ saturation }: Pick<LoadReport, 'saturation'>): (readonly string[])[] {
  return (saturation?.steps ?? []).map(({ endpoint, connections, requestsPerSecond, p50Ms, p99Ms, failures }) => [
    endpoint,
    wholeNumber(connections),
    wholeNumber(requestsPerSecond),
    figure(p50Ms),
    figure(p99Ms),
    wholeNumber(failures),
  ]);
}
