import { expect, test } from 'vitest';
import { GLYPH_HEIGHT, GLYPH_WIDTH, glyphOf } from '../../../mocks/images/bitmap-font.js';

const PRINTABLE = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));

function draw(character: string): string[] {
  return glyphOf(character).rows.map((bits) =>
    bits.toString(2).padStart(GLYPH_WIDTH, '0').replaceAll('0', '.').replaceAll('1', '#'),
  );
}

test('a glyph reads as its letter', () => {
  expect(draw('R')).toEqual(['####.', '#...#', '#...#', '####.', '#.#..', '#..#.', '#...#']);
});

test('every printable ASCII character has a glyph of its own and of the right size', () => {
  const drawings = PRINTABLE.map((character) => draw(character).join('\n'));

  expect(drawings).not.toContain(draw('\u{1F98A}').join('\n'));
  expect(drawings.every((drawing) => drawing.length === (GLYPH_WIDTH + 1) * GLYPH_HEIGHT - 1)).toBe(true);
  expect(new Set(drawings).size).toBe(PRINTABLE.length);
});

test.each(['\u00e9', '\u{1F98A}', '\u96ea', '\t', ''])(
  'a character that the font lacks (%j) is a hollow box',
  (character) => {
    expect(draw(character)).toEqual(['#####', '#...#', '#...#', '#...#', '#...#', '#...#', '#####']);
  },
);

test('letters with a tail hang below the line', () => {
  expect(PRINTABLE.filter((character) => glyphOf(character).drop > 0).join('')).toBe(',;gpqy');
});
