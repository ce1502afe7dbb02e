/**
 * The least that a hand-written server for one vendor does: a Map, a bearer check, a small validation and
 * JSON.stringify. It is the yardstick, so it has no framework and no journal. Plain JavaScript, as are all servers here,
 * so that no loader stands between a server and its figures.
 */
import { createServer } from 'node:http';
import { vendorOf } from './vendors.mjs';

const { authorization, idIn, isValid, newTask, accepted, running, refused, waitMs } = vendorOf(process.argv.slice(2));
const tasks = new Map();

function send(response, status, body) {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

const server = createServer((request, response) => {
  if (request.headers.authorization !== authorization) return send(response, 401, refused(401, 'no key'));
  if (request.method === 'GET') {
    const task = tasks.get(idIn(request.url ?? '/'));
    if (task === undefined) return send(response, 404, refused(404, 'no such task'));
    return send(response, 200, running(task));
  }
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = JSON.parse(Buffer.concat(chunks).toString());
    if (!isValid(body)) return send(response, 400, refused(400, 'bad request'));
    const task = newTask();
    tasks.set(task.id, task);
    if (waitMs === undefined) send(response, 200, accepted(task));
    else setTimeout(() => send(response, 200, accepted(task)), waitMs);
  });
});

server.listen(0, '127.0.0.1', () => process.send?.({ port: server.address().port }));
