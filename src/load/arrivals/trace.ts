import { UsageError } from '../../core/errors.js';
import { readTextFile } from '../../platform/text-file.js';
import type { Arrivals, ArrivalsKind } from './arrivals.js';

/** More is a log that was not meant; a start takes a few dozen bytes. */
const MOST_BYTES = 256 * 2 ** 20;
const SHOWN_MISTAKES = 5;

/** A moment with date and time, as logs write it; without a zone it would depend on this machine's. */
const isoTime = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

function momentOf(line: string): number | undefined {
  if (/^\d+(\.\d+)?$/.test(line)) return Number(line);
  const moment = isoTime.test(line) ? Date.parse(line.replace(' ', 'T').replace(',', '.')) : Number.NaN;
  return Number.isNaN(moment) ? undefined : moment;
}

/**
 * Starts as a file lists them, a line each: milliseconds from the start, or ISO 8601 moments with a zone, of which the
 * earliest is the start. Empty lines and lines that begin with # are left out; the order does not matter. Throws a
 * `UsageError` that names the lines which are neither.
 */
export function traceArrivals(text: string, name: string): Arrivals {
  const mistakes: string[] = [];
  const moments: number[] = [];
  const kinds = { offset: 0, time: 0 };
  text.split('\n').forEach((raw, index) => {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) return;
    const moment = momentOf(line);
    if (moment === undefined) mistakes.push(`line ${index + 1}: ${JSON.stringify(line.slice(0, 60))}`);
    else {
      moments.push(moment);
      kinds[line.includes('-') ? 'time' : 'offset'] += 1;
    }
  });
  if (mistakes.length > 0) {
    const more = mistakes.length > SHOWN_MISTAKES ? `, and ${mistakes.length - SHOWN_MISTAKES} more` : '';
    throw new UsageError(
      `${name} holds lines that are neither milliseconds nor a moment such as 2025-01-31T12:00:00.250Z: ` +
        `${mistakes.slice(0, SHOWN_MISTAKES).join('; ')}${more}`,
    );
  }
  if (moments.length === 0) throw new UsageError(`${name} lists no start of a task`);
  if (kinds.offset > 0 && kinds.time > 0)
    throw new UsageError(
      `${name} mixes ${kinds.offset} offsets in milliseconds with ${kinds.time} moments: use one of both`,
    );
  const offsets = Float64Array.from(moments).sort();
  const start = kinds.time > 0 ? (offsets[0] ?? 0) : 0;
  return {
    kind: 'trace',
    name: `trace:${name}`,
    finite: true,
    *offsets() {
      for (const offset of offsets) yield offset - start;
    },
  };
}

export const traceKind: ArrivalsKind = {
  id: 'trace',
  example: ':FILE',
  says: 'as a file lists them, one offset in milliseconds or ISO time a line',
  async read(parameters) {
    if (parameters === undefined || parameters === '')
      throw new UsageError('The arrivals trace need a file: write for example trace:starts.txt');
    return traceArrivals(await readTextFile(parameters, 'The trace', MOST_BYTES), parameters);
  },
};
