import autocannon, { type Options } from 'autocannon';

export interface Target {
  readonly name: string;
  readonly origin: string;
}

const headers = { authorization: 'Bearer sk-gptimage15-test', 'content-type': 'application/json' };
const body = JSON.stringify({ prompt: 'A calm lake below snowy peaks at dawn', size: '1536*1024', quality: 'high' });

async function run(options: Options): Promise<number> {
  const result = await autocannon({ connections: 32, ...options });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${options.url}: ${result.non2xx} refusals, ${result.errors} errors`);
  return result.requests.total / result.duration;
}

/** Requests a second on the poll path, of one task that is running. */
export async function pollThroughput({ origin }: Target, seconds: number): Promise<number> {
  const submitted = await fetch(`${origin}/api/generate`, { method: 'POST', headers, body });
  const { data } = (await submitted.json()) as { data: { task_id: string } };
  return run({ url: `${origin}/api/status?task_id=${data.task_id}`, duration: seconds, headers });
}

/** Requests a second on the submit path, each with a full validation. */
export function submitThroughput({ origin }: Target, seconds: number): Promise<number> {
  return run({ url: `${origin}/api/generate`, method: 'POST', duration: seconds, headers, body });
}
