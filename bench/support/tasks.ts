import type { Customer } from './customers.js';
import { drive } from './raw-client.js';

/** Starts tasks, each with a body of its own, and answers their ids in the order of submits. */
export async function submitTasks({ submit }: Customer, port: number, count: number, from = 0): Promise<string[]> {
  const ids: string[] = [];
  const batch = 50_000;
  for (let done = 0; done < count; done += batch) {
    const size = Math.min(batch, count - done);
    await drive({
      port,
      requests: Array.from({ length: size }, (_, index) => submit(from + done + index)),
      connections: Math.min(16, size),
      until: { answers: size },
      onBody(body, index) {
        ids[done + index] = /"(?:task_)?id":"([^"]+)"/.exec(body)?.[1] ?? '';
      },
    });
  }
  return ids;
}

/** The questions about these tasks. */
export function pollsOf({ vendor, poll }: Customer, ids: readonly string[]): Buffer[] {
  if (poll === undefined) throw new Error(`${vendor} has no tasks to poll`);
  return ids.map(poll);
}
