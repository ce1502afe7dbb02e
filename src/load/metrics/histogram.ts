/**
 * Counts of whole numbers in constant memory: exact below 2048, within a thousandth above (1024 steps an octave).
 * Adding one is a shift and an increment, several times as fast as a call into the platform's own histogram.
 */
export interface Histogram {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  /** A whole number from 0 to 2^47; beyond that it counts as 2^47. */
  add(value: number): void;
  /** The smallest value that at least this share (0 to 1) of all values do not exceed; 0 without values. */
  quantile(share: number): number;
  /** Everything that was counted so far, as another thread can be told. */
  state(): HistogramState;
  /** Takes over everything that another one counted. */
  merge(other: HistogramState): void;
}

/** How often each bin was hit, from the first that was to the last. */
export interface HistogramState {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  readonly bins: Float64Array;
}

const OCTAVE_BITS = 10;
const STEPS = 2 ** OCTAVE_BITS;
const LARGEST = 2 ** 47;
/** Beyond this a number has no 32-bit form, in which shifts are done. */
const WORD = 2 ** 31;
const BINS = (47 - OCTAVE_BITS) * STEPS + 2 * STEPS;

function binOf(value: number): number {
  if (value < 2 * STEPS) return value;
  if (value < WORD) {
    const shift = 31 - Math.clz32(value) - OCTAVE_BITS;
    return shift * STEPS + (value >>> shift);
  }
  // The upper part has at least as many digits as a step needs.
  const upper = Math.floor(value / 2 ** 20);
  const shift = 31 - Math.clz32(upper) - OCTAVE_BITS;
  return (shift + 20) * STEPS + (upper >>> shift);
}

const noBins = new Float64Array();

/** The middle of a bin. */
function middleOf(bin: number): number {
  if (bin < 2 * STEPS) return bin;
  const shift = Math.floor(bin / STEPS) - 1;
  const width = 2 ** shift;
  return (bin - shift * STEPS) * width + Math.floor(width / 2);
}

export function createHistogram(): Histogram {
  const bins = new Float64Array(BINS);
  let count = 0;
  let sum = 0;
  let min = LARGEST;
  let max = 0;
  return {
    get count() {
      return count;
    },
    get sum() {
      return sum;
    },
    get min() {
      return count === 0 ? 0 : min;
    },
    get max() {
      return max;
    },
    add(value) {
      const at = value < LARGEST ? value : LARGEST - 1;
      const bin = binOf(at);
      bins[bin] = (bins[bin] as number) + 1;
      count += 1;
      sum += at;
      if (at < min) min = at;
      if (at > max) max = at;
    },
    quantile(share) {
      const wanted = Math.max(1, Math.ceil(count * share));
      let seen = 0;
      for (let bin = 0; bin < BINS; bin += 1) {
        seen += bins[bin] as number;
        // A bin's middle may lie beyond what was really seen.
        if (seen >= wanted) return Math.min(max, Math.max(min, middleOf(bin)));
      }
      return 0;
    },
    state: () => ({ count, sum, min, max, bins: count === 0 ? noBins : bins.slice(binOf(min), binOf(max) + 1) }),
    merge(other) {
      if (other.count === 0) return;
      const first = binOf(other.min);
      other.bins.forEach((hits, index) => {
        bins[first + index] = (bins[first + index] as number) + hits;
      });
      count += other.count;
      sum += other.sum;
      min = Math.min(min, other.min);
      max = Math.max(max, other.max);
    },
  };
}
