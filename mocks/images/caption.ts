import { DROP, GLYPH_HEIGHT, GLYPH_WIDTH, type Glyph, glyphOf } from './bitmap-font.js';
import { blend, type Canvas, type Layer, opaque, type Rgb, type Size } from './canvas.js';
import { fitText, wrapText } from './wrap-text.js';

const PITCH = GLYPH_WIDTH + 1;
const LEADING = GLYPH_HEIGHT + DROP + 2;
const INK = opaque([255, 255, 255]);
const SHADE: Rgb = [12, 14, 24];
/** With fewer characters in a row there is nothing to read, so such a picture has no caption. */
const FEWEST_COLUMNS = 4;

interface Layout {
  readonly scale: number;
  readonly rows: readonly string[];
}

/** Writes the lines in white on a dark panel at the foot of the picture, inside what a transparent border leaves. */
export function captionLayer(size: Size, lines: readonly string[]): Layer {
  const margin = Math.ceil(Math.min(size.width, size.height) / 10);
  const { scale, rows } = layOut(size, margin, lines);
  if (rows.length === 0) return () => undefined;
  const gap = scale * 4;
  const top = size.height - margin - gap * 2 - rows.length * LEADING * scale;
  return (canvas) => {
    shade(canvas, margin, top, size.width - margin, size.height - margin);
    rows.forEach((row, line) => {
      const y = top + gap + (line * LEADING + 1) * scale;
      if (y >= canvas.bottom || y + LEADING * scale <= canvas.top) return;
      [...row].forEach((character, column) => {
        paintGlyph(canvas, glyphOf(character), margin + gap + column * PITCH * scale, y, scale);
      });
    });
  };
}

/** The largest letters that let the text fit, down to half the usual size; after that the text is cut. */
function layOut(size: Size, margin: number, lines: readonly string[]): Layout {
  const usual = Math.max(1, Math.round(Math.min(size.width, size.height) / 256));
  const smallest = Math.ceil(usual / 2);
  for (let scale = usual; ; scale--) {
    const gaps = scale * 8;
    const columns = Math.floor((size.width - 2 * margin - gaps) / (PITCH * scale));
    const maxRows = Math.max(0, Math.floor((size.height * 0.6 - gaps) / (LEADING * scale)));
    if (columns < FEWEST_COLUMNS) {
      return { scale, rows: [] };
    }
    const rowCount = lines.reduce((sum, line) => sum + wrapText(line, columns).length, 0);
    if (rowCount <= maxRows || scale === smallest) {
      return { scale, rows: fitText(lines, columns, maxRows) };
    }
  }
}

function shade(canvas: Canvas, left: number, top: number, right: number, bottom: number): void {
  for (let y = Math.max(top, canvas.top); y < Math.min(bottom, canvas.bottom); y++) {
    const row = (y - canvas.top) * canvas.width;
    for (let x = left; x < right; x++) {
      blend(canvas, row + x, SHADE, 0.62);
    }
  }
}

function paintGlyph(canvas: Canvas, glyph: Glyph, left: number, top: number, scale: number): void {
  const { width, words } = canvas;
  glyph.rows.forEach((bits, row) => {
    for (let dy = 0; dy < scale; dy++) {
      const y = top + (row + glyph.drop) * scale + dy;
      if (y < canvas.top || y >= canvas.bottom) continue;
      const start = (y - canvas.top) * width + left;
      for (let dx = 0; dx < GLYPH_WIDTH * scale; dx++) {
        if ((bits >> (GLYPH_WIDTH - 1 - Math.floor(dx / scale))) & 1) {
          words[start + dx] = INK;
        }
      }
    }
  });
}
