import { parseDuration } from '../core/duration.js';
import { UsageError } from '../core/errors.js';

/** Checks a number from the command line; yargs turns nonsense into NaN and a repeated option into a list. */
export function numberOption(name: string, least: number, most: number): (value: unknown) => number {
  return (value) => {
    if (typeof value !== 'number' || Number.isNaN(value) || value < least || value > most)
      throw new UsageError(`${name} takes one number from ${least} to ${most}`);
    return value;
  };
}

/** The same for an option that need not be given. */
export function optionalNumber(name: string, least: number, most: number): (value: unknown) => number | undefined {
  const check = numberOption(name, least, most);
  return (value) => (value === undefined ? undefined : check(value));
}

/** Checks a duration from the command line and answers milliseconds; an option that was not given stays undefined. */
export function durationOption(name: string): (value: unknown) => number | undefined {
  return (value) => {
    if (value === undefined) return undefined;
    if (typeof value !== 'string') throw new UsageError(`${name} takes one duration such as 250ms, 5s or 1m`);
    return parseDuration(value, name);
  };
}

/** `FORMAT=PATH`, as `--report` takes it. */
export function parseReportOption(text: string, formats: readonly string[]): { format: string; path: string } {
  const mark = text.indexOf('=');
  const format = mark < 0 ? text : text.slice(0, mark);
  const path = mark < 0 ? '' : text.slice(mark + 1);
  if (!formats.includes(format) || path === '')
    throw new UsageError(
      `--report ${JSON.stringify(text)} is not FORMAT=PATH with a format out of ${formats.join(', ')}`,
    );
  return { format, path };
}

/** How many generated cases are sent: `all`, `sample`, or a whole number. */
export function casesOption(value: unknown): 'all' | 'sample' | number | undefined {
  if (value === undefined || value === 'all' || value === 'sample') return value;
  const most = typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : 0;
  if (most === 0)
    throw new UsageError(`--cases takes all, sample or a number from 1 to 999999, not ${JSON.stringify(value)}`);
  return most;
}
