import { expect, test } from 'vitest';
import { fitText, wrapText } from '../../../mocks/images/wrap-text.js';

test('a line breaks at spaces', () => {
  expect(wrapText('a red fox asleep in the snow', 10)).toEqual(['a red fox', 'asleep in', 'the snow']);
});

test('a word longer than the row is cut', () => {
  expect(wrapText('a supercalifragilistic fox', 10)).toEqual(['a', 'supercalif', 'ragilistic', 'fox']);
});

test('line breaks and runs of spaces count as one space', () => {
  expect(wrapText('  a\n\nred \t fox ', 20)).toEqual(['a red fox']);
});

test('a character outside the basic plane takes one place and stays whole', () => {
  expect(wrapText('\u{1F98A}\u{1F98A}\u{1F98A}', 2)).toEqual(['\u{1F98A}\u{1F98A}', '\u{1F98A}']);
});

test('an empty line takes no row', () => {
  expect(wrapText('', 10)).toEqual([]);
});

test('where rows are short the longest line is cut and says so', () => {
  expect(fitText(['a red fox asleep in the snow', '1 of 4'], 10, 3)).toEqual(['a red fox', 'asleep ...', '1 of 4']);
});

test('text that fits is left whole', () => {
  expect(fitText(['a red fox', '1 of 4'], 10, 2)).toEqual(['a red fox', '1 of 4']);
});
