import { isDeepStrictEqual } from 'node:util';

/** How one keyword of JSON Schema judges a value. */
interface Keyword {
  /** Values of another type are none of its business. */
  readonly concerns: (value: unknown) => boolean;
  readonly holds: (argument: never, value: never) => boolean;
}

const isText = (value: unknown) => typeof value === 'string';
const isNumber = (value: unknown) => typeof value === 'number';
const always = () => true;

function isOfType(type: string, value: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'object') return value !== null && typeof value === 'object' && !Array.isArray(value);
  return typeof value === type;
}

/** Characters, not code units; most texts are short enough that nobody has to count. */
function isLongerThan(text: string, limit: number): boolean {
  return text.length > limit && [...text].length > limit;
}

const patterns = new Map<string, RegExp | undefined>();

function matches(pattern: string, text: string): boolean {
  if (!patterns.has(pattern)) {
    try {
      patterns.set(pattern, new RegExp(pattern, 'u'));
    } catch {
      patterns.set(pattern, undefined);
    }
  }
  return patterns.get(pattern)?.test(text) ?? true;
}

const moment = /^\d{4}-\d\d-\d\d[tT ]\d\d:\d\d(:\d\d(\.\d+)?)?([zZ]|[+-]\d\d(:?\d\d)?)$/;

/** Formats that contracts use; any other asks for nothing. */
const formats: Readonly<Record<string, (text: string) => boolean>> = {
  uri: (text) => /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i.test(text),
  'date-time': (text) => moment.test(text) && !Number.isNaN(Date.parse(text)),
};

/** Keywords that judge a value by itself, without another schema. */
export const valueKeywords: Readonly<Record<string, Keyword>> = {
  type: {
    concerns: always,
    holds: (types: string | string[], value: unknown) => [types].flat().some((type) => isOfType(type, value)),
  },
  const: { concerns: always, holds: (constant: unknown, value: unknown) => isDeepStrictEqual(constant, value) },
  enum: {
    concerns: always,
    holds: (words: unknown[], value: unknown) => words.some((word) => isDeepStrictEqual(word, value)),
  },
  format: { concerns: isText, holds: (format: string, text: string) => formats[format]?.(text) ?? true },
  pattern: { concerns: isText, holds: matches },
  minLength: { concerns: isText, holds: (limit: number, text: string) => isLongerThan(text, limit - 1) },
  maxLength: { concerns: isText, holds: (limit: number, text: string) => !isLongerThan(text, limit) },
  minimum: { concerns: isNumber, holds: (limit: number, value: number) => value >= limit },
  maximum: { concerns: isNumber, holds: (limit: number, value: number) => value <= limit },
  exclusiveMinimum: { concerns: isNumber, holds: (limit: number, value: number) => value > limit },
  exclusiveMaximum: { concerns: isNumber, holds: (limit: number, value: number) => value < limit },
  multipleOf: {
    concerns: isNumber,
    holds: (step: number, value: number) => Math.abs(value / step - Math.round(value / step)) < 1e-9,
  },
  minItems: { concerns: Array.isArray, holds: (limit: number, list: unknown[]) => list.length >= limit },
  maxItems: { concerns: Array.isArray, holds: (limit: number, list: unknown[]) => list.length <= limit },
  uniqueItems: {
    concerns: Array.isArray,
    holds: (wanted: boolean, list: unknown[]) =>
      !wanted || new Set(list.map((entry) => JSON.stringify(entry))).size === list.length,
  },
};
