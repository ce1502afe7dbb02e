import { createServer } from 'node:http';

/**
 * The least that a hand-written server for one polled vendor does: a Map, a bearer check, a small validation and
 * JSON.stringify. It is the yardstick, so it has no framework and no journal.
 */
interface Task {
  readonly task_id: string;
  readonly created_at: string;
}

const tasks = new Map<string, Task>();
const sizes = new Set(['1024*1024', '1024*1536', '1536*1024']);

const server = createServer((request, response) => {
  const send = (status: number, body: unknown) => {
    const text = JSON.stringify(body);
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
    response.end(text);
  };
  if (request.headers.authorization !== 'Bearer sk-gptimage15-test')
    return send(401, { code: 401, message: 'no key', data: null });
  const url = request.url ?? '/';
  if (request.method === 'GET') {
    const id = new URLSearchParams(url.slice(url.indexOf('?') + 1)).get('task_id') ?? '';
    const task = tasks.get(id);
    if (task === undefined) return send(404, { code: 404, message: 'no such task', data: null });
    return send(200, {
      code: 200,
      data: { task_id: task.task_id, status: 'IN_PROGRESS', consumed_credits: 10, created_at: task.created_at },
    });
  }
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
    const { prompt, size, quality } = body;
    if (
      typeof prompt !== 'string' ||
      prompt.length > 2000 ||
      (size !== undefined && !sizes.has(String(size))) ||
      (quality !== undefined && quality !== 'low' && quality !== 'medium' && quality !== 'high')
    )
      return send(400, { code: 400, message: 'bad request', data: null });
    const id = `n36${Math.random().toString(36).slice(2, 14)}gptimg`;
    tasks.set(id, { task_id: id, created_at: new Date().toISOString() });
    send(200, { code: 200, data: { task_id: id, status: 'IN_PROGRESS' } });
  });
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}\n`);
});
