import { type Json, pointerTokens, setTokens } from '../core/pointer.js';
import { encode } from './answer-shape.js';
import type { SideShape, SideValues } from './read-side-endpoints.js';

export type { SideEndpoint, SideValues } from './read-side-endpoints.js';

/** Writes an answer in the vendor's shape; `*` stands for every value of a source that has several. */
export function renderSide(shape: SideShape, values: SideValues): Json {
  const body: Json = {};
  for (const [place, one] of Object.entries(shape)) {
    const tokens = pointerTokens(place);
    if ('value' in one) {
      // A fixed value beside the entries of a list stands in each of them, however many there are.
      const count = Math.max(0, ...Object.values(values).map((value) => (Array.isArray(value) ? value.length : 0)));
      const indices = tokens.includes('*') ? Array.from({ length: count }, (_, index) => index) : [0];
      for (const index of indices) setTokens(body, indexed(tokens, index), structuredClone(one.value) as Json);
      continue;
    }
    const value = values[one.from];
    if (value === undefined) continue;
    const times = 'times' in one ? one.times : undefined;
    const list = (Array.isArray(value) ? value : [value]) as Json[];
    list.forEach((entry, index) => {
      const scaled = typeof entry === 'number' && times !== undefined && entry >= 0 ? round(entry * times) : entry;
      const written = encode(scaled, 'as' in one ? one.as : undefined);
      if (written !== undefined) setTokens(body, indexed(tokens, index), written);
    });
  }
  return body;
}

function indexed(tokens: readonly string[], index: number): string[] {
  return tokens.map((token) => (token === '*' ? String(index) : token));
}

/** Sums of small decimal prices, so that they can be compared. */
function round(amount: number): number {
  return Math.round(amount * 1e6) / 1e6;
}
