import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderAnswer } from '../../src/contract/answer-shape.js';
import { answerText } from '../../src/contract/answer-text.js';
import type { AnswerShape } from '../../src/contract/async-task.js';
import { phases, type TaskView } from '../../src/core/task.js';
import { contracts } from '../specs/contracts.js';

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const moment = fc.integer({ min: 0, max: 4e12 });

const view = fc.record({
  id: fc.string(),
  phase: fc.constantFrom(...phases),
  progress: maybe(fc.integer()),
  model: maybe(fc.string({ unit: 'binary' })),
  createdAt: moment,
  finishedAt: maybe(moment),
  etaSeconds: maybe(fc.integer()),
  elapsedSeconds: maybe(fc.integer()),
  cost: fc.double({ noNaN: true }),
  reserved: maybe(fc.double({ noNaN: true })),
  results: fc.array(fc.record({ url: fc.webUrl(), expiresAt: moment }), { maxLength: 2 }),
  error: maybe(fc.record({ code: fc.string(), type: fc.string(), message: fc.string() })),
  request: fc.jsonValue(),
  params: fc.dictionary(fc.constantFrom('size', 'quality', 'count'), fc.jsonValue()),
}) as unknown as fc.Arbitrary<TaskView>;

const shipped = contracts.flatMap(({ id, submit }) => {
  const task = submit?.task;
  return [task?.answer, task?.poll?.answer, task?.errors.answer].flatMap((shape, index) =>
    shape === undefined ? [] : [[`${id} ${index}`, shape, task?.status?.words ?? {}] as const],
  );
});

/** Shapes in which text cannot simply follow the order of the places. */
const awkward: readonly AnswerShape[] = [
  {},
  { '/a/x': { from: 'model' }, '/b': { from: 'id' }, '/a/y': { from: 'id' } },
  { '/a': { value: { c: 1 } }, '/a/b': { from: 'id' } },
  { '/list/0/id': { from: 'id' }, '/list/1/id': { from: 'id' } },
  { '/list/0/id': { from: 'id' }, '/list/0/model': { from: 'model' } },
  { '/10': { from: 'id' }, '/9': { from: 'id' } },
  { '/b': { from: 'progress', otherwise: null }, '/a': { from: 'error.code', when: ['failed'], otherwise: {} } },
];

test.each([...shipped, ...awkward.map((shape, index) => [`awkward ${index}`, shape, {}] as const)])(
  'an answer as text is the text of the answer: %s',
  (_name, shape, words) => {
    fc.assert(
      fc.property(view, (one) => {
        expect(answerText(shape, one, words)).toBe(JSON.stringify(renderAnswer(shape, one, words)));
      }),
    );
  },
);
