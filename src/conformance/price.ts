import type { Contract } from '../contract/contract.js';

/** Whether a task that has succeeded tells what it cost. */
export function showsSuccessCost({ submit }: Contract): boolean {
  return Object.values(submit?.task.poll?.answer ?? {}).some(
    (field) =>
      'from' in field &&
      field.from === 'cost' &&
      (!('when' in field) || (field.when ?? ['succeeded']).includes('succeeded')),
  );
}
