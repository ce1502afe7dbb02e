/** The same work as the bare server in fastify, with its own validation and serialisation by schema. */
import { setTimeout as sleep } from 'node:timers/promises';
import fastify from 'fastify';
import { shapeOf, vendorOf } from './vendors.mjs';

const { authorization, submitPath, pollPath, idIn, schema, newTask, accepted, running, refused, waitMs } = vendorOf(
  process.argv.slice(2),
);
const app = fastify();
const tasks = new Map();
const sample = newTask();

app.addHook('onRequest', async (request, reply) => {
  if (request.headers.authorization !== authorization) return reply.code(401).send(refused(401, 'no key'));
});

app.post(submitPath, { schema: { body: schema, response: { 200: shapeOf(accepted(sample)) } } }, async () => {
  const task = newTask();
  tasks.set(task.id, task);
  if (waitMs !== undefined) await sleep(waitMs);
  return accepted(task);
});

if (pollPath !== undefined)
  app.get(pollPath, { schema: { response: { 200: shapeOf(running(sample)) } } }, async (request, reply) => {
    const task = tasks.get(idIn(request.url));
    return task === undefined ? reply.code(404).send(refused(404, 'no such task')) : running(task);
  });

await app.listen({ port: 0, host: '127.0.0.1' });
process.send?.({ port: app.server.address().port });
