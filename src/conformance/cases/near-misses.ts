import type { Json } from '../../core/pointer.js';

export interface NearMiss {
  readonly value: Json;
  readonly what: string;
  /** A server that takes it for the listed value does no harm. */
  readonly lenient?: true;
}

/** Of long lists only so many values are varied. */
const mostVaried = 12;

/** Signs that stand between two numbers, one for another: `1024x1024`, `1024*1024`, `16:9`. */
const signs = ['x', '*', ':', '×'];

function otherSign(text: string): string | undefined {
  const sign = signs.find((one) => new RegExp(`^\\d+\\${one}\\d+$`).test(text));
  return sign === undefined ? undefined : text.replace(sign, sign === 'x' ? '*' : 'x');
}

function missesOf(text: string): NearMiss[] {
  const upper = text.toUpperCase();
  const other = otherSign(text);
  const foreign: NearMiss[] =
    other === undefined ? [] : [{ value: other, what: 'is a listed value as other vendors write it', lenient: true }];
  return [
    { value: upper === text ? text.toLowerCase() : upper, what: 'is a listed value in another case', lenient: true },
    { value: ` ${text}`, what: 'is a listed value behind a blank', lenient: true },
    { value: `${text} `, what: 'is a listed value before a blank', lenient: true },
    { value: `${text}\n`, what: 'is a listed value before a line break', lenient: true },
    { value: text.slice(0, -1), what: 'is the beginning of a listed value' },
    { value: `${text}0`, what: 'is a listed value with something behind it' },
    { value: `"${text}"`, what: 'is a listed value in quotes' },
    ...foreign,
  ];
}

/** Values that are almost those of a list: what a typing hand, or a client made for another vendor, sends. */
export function nearMisses(listed: readonly Json[]): NearMiss[] {
  const seen = new Set<Json>(listed);
  const misses: NearMiss[] = [
    ...listed
      .filter((value): value is string => typeof value === 'string' && value !== '')
      .slice(0, mostVaried)
      .flatMap(missesOf),
    { value: '', what: 'is an empty text', lenient: true },
  ];
  return misses.filter(({ value }) => {
    if (seen.has(value)) return false;
    seen.add(value);
    return true;
  });
}
