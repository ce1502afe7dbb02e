import type { Sent } from './evidence.js';

/** What an answer says about the limits of its key; each undefined where it says nothing, NaN where it is no number. */
export interface ToldLimits {
  readonly limit?: number;
  readonly remaining?: number;
  readonly reset?: number;
}

function numberIn(headers: Readonly<Record<string, string>>, name: string): number | undefined {
  // The names that are in use, with and without the prefix; a policy may follow behind a comma.
  const text = headers[`x-ratelimit-${name}`] ?? headers[`ratelimit-${name}`];
  return text === undefined ? undefined : Number(text.split(/[,;]/)[0]);
}

export function toldLimits({ exchange }: Sent): ToldLimits {
  const headers = exchange.answer?.headers ?? {};
  const told = ['limit', 'remaining', 'reset'].map((name) => [name, numberIn(headers, name)] as const);
  return Object.fromEntries(told.filter(([, value]) => value !== undefined));
}

/** Whether a wait is told in one of the two forms that HTTP has for it. */
export function isUsableWait(text: string | undefined): boolean {
  return text !== undefined && (/^\d+(\.\d+)?$/.test(text) || Number.isFinite(Date.parse(text)));
}
