import { blend, type Canvas, hsl, mix, opaque, type Rgb } from './canvas.js';

const BUBBLES = 5;
const RIDGES = 4;

/**
 * A small landscape: sky, sun, bubbles and ridges. Where things stand and their colours come from `next`. Only exactly
 * specified arithmetic and square roots are used, so that every machine paints the same pixels.
 */
export function paintScene(canvas: Canvas, next: () => number): void {
  const { width, height } = canvas;
  const unit = Math.min(width, height);
  const hue = next();
  const warm = hue + 0.1 + next() * 0.25;
  paintSky(canvas, hsl(hue, 0.65, 0.55), hsl(warm, 0.85, 0.84));

  const sun = {
    x: width * (0.2 + next() * 0.6),
    y: height * (0.16 + next() * 0.2),
    radius: unit * (0.07 + next() * 0.06),
  };
  const glow = hsl(warm + 0.03, 1, 0.93);
  paintDisc(canvas, sun.x, sun.y, sun.radius * 2.1, glow, 0.18);
  paintDisc(canvas, sun.x, sun.y, sun.radius * 1.5, glow, 0.25);
  paintDisc(canvas, sun.x, sun.y, sun.radius, glow, 0.95);

  for (let i = 0; i < BUBBLES; i++) {
    const tint = hsl(hue + next(), 0.8, 0.75);
    paintDisc(canvas, width * next(), height * 0.6 * next(), unit * (0.03 + next() * 0.1), tint, 0.3);
  }

  const far = hsl(warm + 0.05, 0.45, 0.62);
  const near = hsl(hue + 0.05, 0.6, 0.16);
  for (let i = 0; i < RIDGES; i++) {
    const colour = mix(far, near, i / (RIDGES - 1));
    paintRidge(canvas, ridgeTops(canvas, height * (0.46 + i * 0.13), next), colour);
  }
}

/** A diagonal gradient needs each colour once: every row is a window on the same strip, moved on by one pixel. */
function paintSky({ width, height, words }: Canvas, from: Rgb, to: Rgb): void {
  const strip = new Uint32Array(width + height);
  for (let i = 0; i < strip.length; i++) {
    strip[i] = opaque(mix(from, to, i / strip.length));
  }
  for (let y = 0; y < height; y++) {
    words.set(strip.subarray(y, y + width), y * width);
  }
}

function paintDisc(canvas: Canvas, x: number, y: number, radius: number, colour: Rgb, opacity: number): void {
  const top = Math.max(0, Math.floor(y - radius));
  const bottom = Math.min(canvas.height, Math.ceil(y + radius));
  const left = Math.max(0, Math.floor(x - radius));
  const right = Math.min(canvas.width, Math.ceil(x + radius));
  for (let row = top; row < bottom; row++) {
    const dy = row + 0.5 - y;
    for (let column = left; column < right; column++) {
      const dx = column + 0.5 - x;
      const cover = Math.min(1, radius + 0.5 - Math.sqrt(dx * dx + dy * dy));
      if (cover > 0) {
        blend(canvas, row * canvas.width + column, colour, opacity * cover);
      }
    }
  }
}

/** The height of a ridge in each column: a long wave and a short one. */
function ridgeTops({ width, height }: Canvas, middle: number, next: () => number): Float64Array {
  const [longPhase, shortPhase] = [next(), next()];
  const [longTurns, shortTurns] = [0.6 + next(), 2 + next() * 2.5];
  return new Float64Array(width).map((_, x) => {
    const at = x / width;
    return middle + height * (0.06 * wave(longPhase + at * longTurns) + 0.018 * wave(shortPhase + at * shortTurns));
  });
}

function paintRidge(canvas: Canvas, tops: Float64Array, colour: Rgb): void {
  const { width, height, words } = canvas;
  const word = opaque(colour);
  const highest = Math.max(0, Math.floor(tops.reduce((a, b) => Math.min(a, b))));
  const solid = Math.min(height, Math.ceil(tops.reduce((a, b) => Math.max(a, b))));
  for (let y = highest; y < solid; y++) {
    for (let x = 0; x < width; x++) {
      const cover = y + 1 - (tops[x] ?? height);
      if (cover >= 1) {
        words[y * width + x] = word;
      } else if (cover > 0) {
        blend(canvas, y * width + x, colour, cover);
      }
    }
  }
  words.fill(word, Math.max(0, solid) * width);
}

/** A sine-like wave of period 1 between -1 and 1, made of two parabolas: engines may differ in the last bit of sin. */
function wave(turns: number): number {
  const phase = turns - Math.floor(turns);
  return phase < 0.5 ? 16 * phase * (0.5 - phase) : -16 * (phase - 0.5) * (1 - phase);
}
