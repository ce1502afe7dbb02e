/**
 * The least that a hand-written server for one polled vendor does: a Map, a bearer check, a small validation and
 * JSON.stringify. It is the yardstick, so it has no framework and no journal. Plain JavaScript, as are all servers here,
 * so that no loader stands between a server and its figures.
 */
import { createServer } from 'node:http';

const tasks = new Map();
const sizes = new Set(['1024*1024', '1024*1536', '1536*1024']);

function send(response, status, body) {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

function isValid({ prompt, size, quality }) {
  return (
    typeof prompt === 'string' &&
    prompt.length <= 2000 &&
    (size === undefined || sizes.has(String(size))) &&
    (quality === undefined || quality === 'low' || quality === 'medium' || quality === 'high')
  );
}

const server = createServer((request, response) => {
  if (request.headers.authorization !== 'Bearer sk-gptimage15-test')
    return send(response, 401, { code: 401, message: 'no key', data: null });
  if (request.method === 'GET') {
    const url = request.url ?? '/';
    const id = new URLSearchParams(url.slice(url.indexOf('?') + 1)).get('task_id') ?? '';
    const task = tasks.get(id);
    if (task === undefined) return send(response, 404, { code: 404, message: 'no such task', data: null });
    return send(response, 200, {
      code: 200,
      data: { task_id: task.task_id, status: 'IN_PROGRESS', consumed_credits: 10, created_at: task.created_at },
    });
  }
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = JSON.parse(Buffer.concat(chunks).toString());
    if (!isValid(body)) return send(response, 400, { code: 400, message: 'bad request', data: null });
    const id = `n36${Math.random().toString(36).slice(2, 14)}gptimg`;
    tasks.set(id, { task_id: id, created_at: new Date().toISOString() });
    send(response, 200, { code: 200, data: { task_id: id, status: 'IN_PROGRESS' } });
  });
});

server.listen(0, '127.0.0.1', () => process.send?.({ port: server.address().port }));
