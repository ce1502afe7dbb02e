import { blend, hsl, type Layer, mix, opaque, type Rgb, type Size } from './canvas.js';

const BUBBLES = 5;
const RIDGES = 4;

/**
 * A small landscape: sky, sun, bubbles and ridges. Where things stand and their colours come from `next`. Only exactly
 * specified arithmetic and square roots are used, so that every machine paints the same pixels.
 */
export function sceneLayers(size: Size, next: () => number): Layer[] {
  const { width, height } = size;
  const unit = Math.min(width, height);
  const hue = next();
  const warm = hue + 0.1 + next() * 0.25;
  const layers = [skyLayer(size, hsl(hue, 0.65, 0.55), hsl(warm, 0.85, 0.84))];

  const sun = {
    x: width * (0.2 + next() * 0.6),
    y: height * (0.16 + next() * 0.2),
    radius: unit * (0.07 + next() * 0.06),
  };
  const glow = hsl(warm + 0.03, 1, 0.93);
  layers.push(
    discLayer(sun.x, sun.y, sun.radius * 2.1, glow, 0.18),
    discLayer(sun.x, sun.y, sun.radius * 1.5, glow, 0.25),
    discLayer(sun.x, sun.y, sun.radius, glow, 0.95),
  );

  for (let i = 0; i < BUBBLES; i++) {
    const tint = hsl(hue + next(), 0.8, 0.75);
    layers.push(discLayer(width * next(), height * 0.6 * next(), unit * (0.03 + next() * 0.1), tint, 0.3));
  }

  const far = hsl(warm + 0.05, 0.45, 0.62);
  const near = hsl(hue + 0.05, 0.6, 0.16);
  for (let i = 0; i < RIDGES; i++) {
    const colour = mix(far, near, i / (RIDGES - 1));
    layers.push(ridgeLayer(ridgeTops(size, height * (0.46 + i * 0.13), next), colour));
  }
  return layers;
}

/** A diagonal gradient needs each colour once: every row is a window on the same strip, moved on by one pixel. */
function skyLayer({ width, height }: Size, from: Rgb, to: Rgb): Layer {
  const strip = new Uint32Array(width + height);
  for (let i = 0; i < strip.length; i++) {
    strip[i] = opaque(mix(from, to, i / strip.length));
  }
  return ({ top, bottom, words }) => {
    for (let y = top; y < bottom; y++) {
      words.set(strip.subarray(y, y + width), (y - top) * width);
    }
  };
}

function discLayer(x: number, y: number, radius: number, colour: Rgb, opacity: number): Layer {
  return (canvas) => {
    const top = Math.max(canvas.top, Math.floor(y - radius));
    const bottom = Math.min(canvas.bottom, Math.ceil(y + radius));
    const left = Math.max(0, Math.floor(x - radius));
    const right = Math.min(canvas.width, Math.ceil(x + radius));
    for (let row = top; row < bottom; row++) {
      const dy = row + 0.5 - y;
      const start = (row - canvas.top) * canvas.width;
      for (let column = left; column < right; column++) {
        const dx = column + 0.5 - x;
        const cover = Math.min(1, radius + 0.5 - Math.sqrt(dx * dx + dy * dy));
        if (cover > 0) {
          blend(canvas, start + column, colour, opacity * cover);
        }
      }
    }
  };
}

/** The height of a ridge in each column: a long wave and a short one. */
function ridgeTops({ width, height }: Size, middle: number, next: () => number): Float64Array {
  const [longPhase, shortPhase] = [next(), next()];
  const [longTurns, shortTurns] = [0.6 + next(), 2 + next() * 2.5];
  return new Float64Array(width).map((_, x) => {
    const at = x / width;
    return middle + height * (0.06 * wave(longPhase + at * longTurns) + 0.018 * wave(shortPhase + at * shortTurns));
  });
}

function ridgeLayer(tops: Float64Array, colour: Rgb): Layer {
  const word = opaque(colour);
  const highest = Math.floor(tops.reduce((a, b) => Math.min(a, b)));
  const solid = Math.ceil(tops.reduce((a, b) => Math.max(a, b)));
  return (canvas) => {
    const { width, height, top, bottom, words } = canvas;
    for (let y = Math.max(top, highest); y < Math.min(bottom, solid); y++) {
      const start = (y - top) * width;
      for (let x = 0; x < width; x++) {
        const cover = y + 1 - (tops[x] ?? height);
        if (cover >= 1) {
          words[start + x] = word;
        } else if (cover > 0) {
          blend(canvas, start + x, colour, cover);
        }
      }
    }
    words.fill(word, Math.max(0, solid - top) * width);
  };
}

/** A sine-like wave of period 1 between -1 and 1, made of two parabolas: engines may differ in the last bit of sin. */
function wave(turns: number): number {
  const phase = turns - Math.floor(turns);
  return phase < 0.5 ? 16 * phase * (0.5 - phase) : -16 * (phase - 0.5) * (1 - phase);
}
