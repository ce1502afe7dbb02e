import { wordFor } from './answer-shape.js';
import type { AsyncTask } from './async-task.js';

const known = new WeakMap<AsyncTask, boolean>();

/**
 * Whether a vendor's tasks are ever seen waiting. Some call a task running in the very answer that accepts it: then it
 * never waits in a queue.
 */
export function waitsInQueue(task: AsyncTask): boolean {
  const found = known.get(task) ?? readWaits(task);
  known.set(task, found);
  return found;
}

function readWaits(task: AsyncTask): boolean {
  if (task.mode !== 'poll') return false;
  const word = Object.values(task.answer).find((field) => 'from' in field && field.from === 'status');
  const written = word !== undefined && 'word' in word ? word.word : undefined;
  const words = task.status?.words ?? {};
  return written === undefined ? wordFor('queued', words) !== undefined : words[written] === 'queued';
}
