/** Answers are written and read by pointers. */
import { expect, test } from 'vitest';
import { readAnswer, renderAnswer } from '../../src/contract/answer-shape.js';
import { asyncTaskSchema } from '../../src/contract/async-task.js';

const words = { WAITING: 'queued', WORKING: 'running', DONE: 'succeeded', OVER: 'failed' } as const;
const shape = asyncTaskSchema.shape.answer.parse({
  '/code': { value: 200 },
  '/data/0/state': 'status',
  '/data/0/born': { from: 'createdAt', as: 'iso-8601' },
  '/data/0/open': { value: true, when: ['queued', 'running'], otherwise: false },
  '/data/0/links/*/href': { from: 'result.url', when: ['succeeded'] },
  '/data/0/raw': { from: 'request', as: 'json-string', when: ['failed'] },
});

test('arrays are made where a pointer has a number', () => {
  const view = { phase: 'queued', createdAt: 0, results: [] } as const;
  expect(renderAnswer(shape, view, words)).toEqual({
    code: 200,
    data: [{ state: 'WAITING', born: '1970-01-01T00:00:00Z', open: true }],
  });
});

test('a fixed value can be another one outside its phases', () => {
  const open = (phase: 'running' | 'succeeded' | 'failed') =>
    renderAnswer({ '/open': { value: true, when: ['queued', 'running'], otherwise: false } }, { phase, results: [] });
  expect([open('running'), open('succeeded'), open('failed')]).toEqual([
    { open: true },
    { open: false },
    { open: false },
  ]);
});

test('without another value the place is left out', () => {
  expect(renderAnswer({ '/a': { value: null, when: ['failed'] } }, { phase: 'running', results: [] })).toEqual({});
});

test('a rendered value is a copy, so that an answer can be changed', () => {
  const constant = { '/a': { value: { b: 1 } } } as const;
  const first = renderAnswer(constant, { results: [] }) as { a: { b: number } };
  first.a.b = 2;
  expect(renderAnswer(constant, { results: [] })).toEqual({ a: { b: 1 } });
});

test('a word that the contract does not know is read as it is, without a phase', () => {
  const view = readAnswer(shape, { data: [{ state: 'TOSTRING' }] }, words);
  expect(view).toEqual({ statusWord: 'TOSTRING', results: [] });
  expect(readAnswer(shape, { data: [{ state: 'constructor' }] }, words).phase).toBeUndefined();
});

test.each([null, 1, 'text', [], { data: 7 }, { data: [null] }, { data: [{ links: 'x', born: 5, raw: '{' }] }])(
  'reading %j never throws',
  (body) => {
    expect(() => readAnswer(shape, body, words)).not.toThrow();
  },
);

test('the block of a task refuses a field that is both fixed and read', () => {
  expect(asyncTaskSchema.shape.answer.safeParse({ '/a': { value: 1, from: 'id' } }).success).toBe(false);
});
