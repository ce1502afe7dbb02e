import { drive, requestBytes } from './raw-client.js';

/** A body of about 100 bytes, another one for each number. */
export function submitBody(number: number): string {
  return JSON.stringify({
    prompt: `A calm lake below snowy peaks, in the morning, ${number}`,
    size: '1536*1024',
    quality: 'high',
  });
}

export const submitPath = '/api/generate';

export function pollRequest(taskId: string): Buffer {
  return requestBytes('GET', `/api/status?task_id=${taskId}`);
}

/** Starts tasks, each with a body of its own, and answers their ids in the order of submits. */
export async function submitTasks(port: number, count: number, from = 0): Promise<string[]> {
  const ids: string[] = [];
  const batch = 50_000;
  for (let done = 0; done < count; done += batch) {
    const size = Math.min(batch, count - done);
    const requests = Array.from({ length: size }, (_, index) =>
      requestBytes('POST', submitPath, submitBody(from + done + index)),
    );
    await drive({
      port,
      requests,
      connections: Math.min(16, size),
      until: { answers: size },
      onBody(body, index) {
        ids[done + index] = /"task_id":"([^"]+)"/.exec(body)?.[1] ?? '';
      },
    });
  }
  return ids;
}
