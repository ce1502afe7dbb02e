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
  ];
}
