import { UsageError } from '../../core/errors.js';

/** Throws a `UsageError` for a rate at which nothing, or everything at once, would start. */
export function checkRate(perSecond: number, what = 'The rate'): number {
  if (perSecond > 0 && Number.isFinite(perSecond)) return perSecond;
  throw new UsageError(`${what} must be a positive number of tasks per second, is ${perSecond}`);
}

/** Throws a `UsageError` for parameters of a kind that takes none. */
export function noParameters(id: string, parameters: string | undefined): void {
  if (parameters !== undefined)
    throw new UsageError(
      `The arrivals ${id} take no parameters, only --rate: ${JSON.stringify(parameters)} is too much`,
    );
}
