/** Sums of decimal prices are made of whole millionths: then they are exact, in any order. */
export function toMillionths(amount: number): number {
  return Math.round(amount * 1e6);
}

export function fromMillionths(millionths: number): number {
  return millionths / 1e6;
}

/** The exact sum of amounts with up to six decimals. */
export function sumOf(amounts: Iterable<number>): number {
  let sum = 0;
  for (const amount of amounts) sum += toMillionths(amount);
  return fromMillionths(sum);
}
