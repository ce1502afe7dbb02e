/** What the contract makes the mock write is what the contract promises. */
import { describe, expect, test } from 'vitest';
import { renderAnswer } from '../../src/contract/answer-shape.js';
import type { AsyncTask, ErrorKind } from '../../src/contract/async-task.js';
import type { Phase, TaskError, TaskView } from '../../src/core/task.js';
import { answerSchema, submits } from './contracts.js';
import { phasesOf } from './views.js';

function priceOf({ price }: AsyncTask): number {
  return price?.amount ?? Object.values(Object.values(price?.table ?? {})[0] ?? {})[0] ?? 0;
}

function viewIn(task: AsyncTask, phase: Phase): TaskView {
  const ended = phase !== 'queued' && phase !== 'running';
  const cost = phase === 'failed' || phase === 'cancelled' ? 0 : priceOf(task);
  return {
    id: (task.id?.template ?? 'task').replace('{unix}', '1757156493').replace(/\{\w+:\d+\}/, '0123abcd'),
    phase,
    progress: phase === 'succeeded' ? 100 : phase === 'queued' ? 0 : 40,
    model: 'any-model',
    createdAt: 1_757_156_493_000,
    ...(ended ? { finishedAt: 1_757_156_503_000, elapsedSeconds: 10 } : {}),
    etaSeconds: 12,
    cost,
    reserved: cost,
    results:
      phase === 'succeeded'
        ? [1, 2].map((n) => ({ url: `http://127.0.0.1:4010/images/${n}.png`, expiresAt: 1_757_242_903_000 }))
        : [],
    ...(phase === 'failed' ? { error: task.failures?.moderation as TaskError } : {}),
    usage: { input: 15, inputText: 15, inputImage: 0, output: 1, total: 16 },
    request: { prompt: 'anything' },
    params: { size: '1024x1024', quality: 'high', background: 'auto', format: 'png' },
  };
}

describe.each(submits)('$name', ({ contract, operation }) => {
  const { task } = operation;
  const words = task.status?.words ?? {};
  const poll = contract.operations.find(({ id }) => id === task.poll?.operation);

  test('an accepted answer is as promised', () => {
    const view = viewIn(task, task.mode === 'sync' ? 'succeeded' : 'queued');
    const schema = answerSchema(operation, 200) ?? '';
    expect(contract.violations(schema, renderAnswer(task.answer, view, words))).toEqual([]);
  });

  test.each(phasesOf(task))('an answer about a %s task is as promised', (phase) => {
    const schema = poll === undefined ? '' : (answerSchema(poll, 200) ?? '');
    const body = renderAnswer(task.poll?.answer ?? {}, viewIn(task, phase), words);
    expect(contract.violations(schema, body)).toEqual([]);
  });

  test.each(task.failures?.other ?? [])('a failure is as promised: $message', (failure) => {
    const schema = poll === undefined ? '' : (answerSchema(poll, 200) ?? '');
    const view: TaskView = { ...viewIn(task, 'failed'), error: failure as TaskError };
    expect(contract.violations(schema, renderAnswer(task.poll?.answer ?? {}, view, words))).toEqual([]);
  });

  test.each(Object.keys(task.errors.kinds) as ErrorKind[])('an answer for %s is as promised', (kind) => {
    const stated = task.errors.kinds[kind];
    const status = stated?.status ?? 0;
    const body = renderAnswer(task.errors.answer, {
      results: [],
      error: { code: status, message: 'What went wrong', ...stated } as TaskError,
    });
    // An unknown path belongs to no operation.
    const operations = kind === 'notFound' ? [] : [operation, ...(poll === undefined ? [] : [poll])];
    const schemas = operations.flatMap((one) => answerSchema(one, status) ?? []);
    for (const schema of schemas) expect(contract.violations(schema, body)).toEqual([]);
    // Only what any HTTP server owes may be missing from the contract's own answers.
    const owed = stated?.facts?.every((fact) => fact.startsWith('H')) ?? false;
    expect(owed || schemas.length > 0, `${kind} is a ${status}, which no operation documents`).toBe(true);
  });
});
