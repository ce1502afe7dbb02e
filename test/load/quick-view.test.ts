/** The quick reader of answers says what the whole one says, of the places that it reads at all. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAnswer, renderAnswer } from '../../src/contract/answer-shape.js';
import { phases } from '../../src/core/task.js';
import { quickView } from '../../src/load/quick-view.js';
import { submits } from '../specs/contracts.js';

const shapes = submits.flatMap(({ operation: { task } }) => [
  { words: task.status?.words ?? {}, shape: task.answer },
  ...(task.poll === undefined ? [] : [{ words: task.status?.words ?? {}, shape: task.poll.answer }]),
]);

function both(shape: (typeof shapes)[number]['shape'], body: unknown, words: (typeof shapes)[number]['words']) {
  const { id, statusWord, phase, etaSeconds } = readAnswer(shape, body, words);
  return [quickView(shape, body, words), { id, statusWord, phase, etaSeconds }] as const;
}

test('of rendered answers', () => {
  const view = fc.record({
    id: fc.string({ minLength: 1 }),
    phase: fc.constantFrom(...phases),
    etaSeconds: fc.nat(),
    results: fc.constant([{ url: 'https://files.test/1.png' }]),
  });
  fc.assert(
    fc.property(fc.constantFrom(...shapes), view, ({ shape, words }, told) => {
      const [quick, whole] = both(shape, renderAnswer(shape, told, words), words);
      expect(quick).toEqual(whole);
    }),
  );
});

test('of any JSON, and of places written in other ways', () => {
  const odd = [
    { '/a': { from: 'status', as: 'integer' }, '/b/0': 'id' },
    { '/list/*/state': 'status', '/id': 'id' },
    { '/a': { from: 'id', as: 'json-string' } },
  ].map((shape) => ({
    words: { '1': 'running' as const, done: 'succeeded' as const },
    shape: Object.fromEntries(
      Object.entries(shape).map(([pointer, field]) => [pointer, typeof field === 'string' ? { from: field } : field]),
    ) as (typeof shapes)[number]['shape'],
  }));
  const keys = fc.constantFrom('a', 'b', 'id', 'list', 'state', 'data', 'status', 'task_id', '0', '__proto__');
  const { tree: json } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(1, 'done', 'IN_PROGRESS', 'x', null, true, '"q"'),
      fc.array(tie('tree'), { maxLength: 2 }),
      fc.dictionary(keys, tie('tree'), { maxKeys: 4 }),
    ),
  }));
  fc.assert(
    fc.property(fc.constantFrom(...shapes, ...odd), json, ({ shape, words }, body) => {
      const [quick, whole] = both(shape, body, words);
      expect({ id: quick.id, statusWord: quick.statusWord, phase: quick.phase, etaSeconds: quick.etaSeconds }).toEqual(
        whole,
      );
    }),
    { numRuns: 500 },
  );
});
