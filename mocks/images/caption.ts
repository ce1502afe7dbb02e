import { DROP, GLYPH_HEIGHT, GLYPH_WIDTH, type Glyph, glyphOf } from './bitmap-font.js';
import { blend, type Canvas, opaque, type Rgb } from './canvas.js';
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
export function paintCaption(canvas: Canvas, lines: readonly string[]): void {
  const margin = Math.ceil(Math.min(canvas.width, canvas.height) / 10);
  const { scale, rows } = layOut(canvas, margin, lines);
  if (rows.length === 0) {
    return;
  }
  const gap = scale * 4;
  const top = canvas.height - margin - gap * 2 - rows.length * LEADING * scale;
  shade(canvas, margin, top, canvas.width - margin, canvas.height - margin);
  rows.forEach((row, line) => {
    [...row].forEach((character, column) => {
      const x = margin + gap + column * PITCH * scale;
      paintGlyph(canvas, glyphOf(character), x, top + gap + (line * LEADING + 1) * scale, scale);
    });
  });
}

/** The largest letters that let the text fit, down to half the usual size; after that the text is cut. */
function layOut(canvas: Canvas, margin: number, lines: readonly string[]): Layout {
  const usual = Math.max(1, Math.round(Math.min(canvas.width, canvas.height) / 256));
  const smallest = Math.ceil(usual / 2);
  for (let scale = usual; ; scale--) {
    const gaps = scale * 8;
    const columns = Math.floor((canvas.width - 2 * margin - gaps) / (PITCH * scale));
    const maxRows = Math.max(0, Math.floor((canvas.height * 0.6 - gaps) / (LEADING * scale)));
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
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      blend(canvas, y * canvas.width + x, SHADE, 0.62);
    }
  }
}

function paintGlyph({ width, words }: Canvas, glyph: Glyph, left: number, top: number, scale: number): void {
  glyph.rows.forEach((bits, row) => {
    for (let dy = 0; dy < scale; dy++) {
      const start = (top + (row + glyph.drop) * scale + dy) * width + left;
      for (let dx = 0; dx < GLYPH_WIDTH * scale; dx++) {
        if ((bits >> (GLYPH_WIDTH - 1 - Math.floor(dx / scale))) & 1) {
          words[start + dx] = INK;
        }
      }
    }
  });
}
