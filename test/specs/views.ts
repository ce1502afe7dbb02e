import { type StatusWords, wordFor } from '../../src/contract/answer-shape.js';
import type { AnswerField, AnswerShape, AsyncTask } from '../../src/contract/async-task.js';
import { type Phase, phases, type TaskResult, type TaskView } from '../../src/core/task.js';

/** The phases that a vendor has words for. */
export function phasesOf(task: AsyncTask): Phase[] {
  const words = task.status?.words ?? {};
  return phases.filter((phase) => wordFor(phase, words) !== undefined);
}

function stands(field: AnswerField, phase: Phase | undefined): boolean {
  const when = 'when' in field ? field.when : undefined;
  return when === undefined || (phase !== undefined && when.includes(phase));
}

/** What of a view an answer of this shape tells: everything that reading it must give back, and nothing else. */
export function toldBy(shape: AnswerShape, view: TaskView, words: StatusWords): TaskView {
  const told: Record<string, unknown> = {};
  const results: Record<string, unknown>[] = [];
  for (const field of Object.values(shape)) {
    if (!('from' in field) || !stands(field, view.phase)) continue;
    const [head = '', tail = ''] = field.from.split('.', 2);
    if (head === 'status') {
      const word = ('word' in field ? field.word : undefined) ?? wordFor(view.phase ?? 'queued', words);
      told['statusWord'] = word;
      told['phase'] = words[word ?? ''];
    } else if (head === 'result') {
      view.results.forEach((result, index) => {
        const value = result[tail as keyof TaskResult];
        results[index] ??= {};
        if (value !== undefined) Object.assign(results[index], { [tail]: value });
      });
    } else {
      const group = head === 'param' ? 'params' : head;
      const holder = (view as unknown as Record<string, unknown>)[group];
      const value = tail === '' ? holder : (holder as Record<string, unknown> | undefined)?.[tail];
      if (value === undefined) continue;
      told[group] = tail === '' ? value : { ...(told[group] as object | undefined), [tail]: value };
    }
  }
  return { ...told, results } as TaskView;
}
