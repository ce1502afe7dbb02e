/** The mock writes with the pointers with which client and runner read, so nothing may get lost between them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAnswer, renderAnswer } from '../../src/contract/answer-shape.js';
import type { AnswerShape } from '../../src/contract/async-task.js';
import type { Phase, TaskView } from '../../src/core/task.js';
import { submits } from './contracts.js';
import { phasesOf, toldBy } from './views.js';

const text = fc.string({ minLength: 1, unit: 'grapheme' });
// Answers tell moments in whole seconds.
const moment = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * 1000);
const tokens = fc.nat();
const amount = fc.double({ min: 0, max: 1e6, noNaN: true }).map((value) => value + 0);

const result = fc.record({ url: fc.webUrl(), b64: fc.base64String({ minLength: 4 }), expiresAt: moment });

/** Views that say everything there is to say; a shape picks from them. */
function viewIn(phase: Phase | undefined, mostResults: number): fc.Arbitrary<TaskView> {
  return fc
    .record({
      id: text,
      progress: fc.integer({ min: 0, max: 100 }),
      model: text,
      createdAt: moment,
      finishedAt: moment,
      etaSeconds: fc.nat(),
      elapsedSeconds: fc.nat(),
      cost: amount,
      reserved: amount,
      results: fc.array(result, { minLength: 1, maxLength: mostResults }),
      error: fc.record({ code: fc.oneof(text, fc.nat()), type: text, message: text, param: text }),
      usage: fc.record({ input: tokens, inputText: tokens, inputImage: tokens, output: tokens, total: tokens }),
      request: fc.dictionary(
        fc.string().filter((key) => key !== '__proto__'),
        fc.string(),
      ),
      params: fc.record({ size: text, quality: text, background: text, format: text, partialIndex: fc.nat() }),
    })
    .map((view) => ({ ...view, ...(phase === undefined ? {} : { phase }) }));
}

interface Given {
  readonly phase?: Phase;
  readonly words?: Readonly<Record<string, Phase>>;
  readonly mostResults?: number;
}

function expectRoundTrip(shape: AnswerShape, { phase, words = {}, mostResults = 10 }: Given): void {
  fc.assert(
    fc.property(viewIn(phase, mostResults), (view) => {
      const body: unknown = JSON.parse(JSON.stringify(renderAnswer(shape, view, words)));
      expect(readAnswer(shape, body, words)).toEqual(toldBy(shape, view, words));
    }),
    { numRuns: 60 },
  );
}

describe.each(submits)('$name', ({ operation: { task } }) => {
  const words = task.status?.words ?? {};

  const events = task.stream === undefined ? [] : [task.stream.partial, task.stream.completed];

  test('an accepted answer reads as it was written', () => {
    expectRoundTrip(task.answer, task.mode === 'sync' ? {} : { phase: 'queued', words });
  });

  test.each(phasesOf(task))('an answer about a %s task reads as it was written', (phase) => {
    expectRoundTrip(task.poll?.answer ?? {}, { phase, words });
  });

  // An event tells of one picture.
  test.each(events)('the event $event reads as it was written', ({ answer }) => {
    expectRoundTrip(answer, { mostResults: 1 });
  });

  test('an error reads as it was written', () => {
    expectRoundTrip(task.errors.answer, {});
  });
});
