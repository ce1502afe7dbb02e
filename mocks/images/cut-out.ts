import type { Canvas } from './canvas.js';

/** Makes the border and the rounded corners transparent and leaves the middle opaque, with a smooth edge. */
export function cutOut({ width, height, top, bottom, words, bytes }: Canvas): void {
  const unit = Math.min(width, height);
  const border = Math.max(1, Math.round(unit / 32));
  const radius = Math.floor(unit / 8);
  for (let y = top; y < bottom; y++) {
    const start = (y - top) * width;
    const inset = rowInset(y, height, border, radius);
    const clear = Math.floor(inset);
    if (clear * 2 >= width) {
      words.fill(0, start, start + width);
      continue;
    }
    words.fill(0, start, start + clear);
    words.fill(0, start + width - clear, start + width);
    const edge = Math.round(255 * (1 - (inset - clear)));
    bytes[(start + clear) * 4 + 3] = edge;
    bytes[(start + width - 1 - clear) * 4 + 3] = edge;
  }
}

/** How far the transparent part reaches into a row from either side. */
function rowInset(y: number, height: number, border: number, radius: number): number {
  const fromEdge = Math.min(y, height - 1 - y);
  if (fromEdge < border) {
    return Number.POSITIVE_INFINITY;
  }
  const rise = Math.max(0, border + radius - (fromEdge + 0.5));
  return border + radius - Math.sqrt(radius * radius - rise * rise);
}
