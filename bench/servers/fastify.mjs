/** The same work as the bare server in fastify, with its own validation and serialisation by schema. */
import fastify from 'fastify';

const app = fastify();
const tasks = new Map();

app.addHook('onRequest', async (request, reply) => {
  if (request.headers.authorization !== 'Bearer sk-gptimage15-test')
    return reply.code(401).send({ code: 401, message: 'no key', data: null });
});

const text = { type: 'string' };
const answer = (data) => ({
  200: { type: 'object', properties: { code: { type: 'integer' }, data: { type: 'object', properties: data } } },
});

app.post(
  '/api/generate',
  {
    schema: {
      body: {
        type: 'object',
        required: ['prompt'],
        properties: {
          prompt: { type: 'string', maxLength: 2000 },
          size: { enum: ['1024*1024', '1024*1536', '1536*1024'] },
          quality: { enum: ['low', 'medium', 'high'] },
        },
      },
      response: answer({ task_id: text, status: text }),
    },
  },
  async () => {
    const id = `n36${Math.random().toString(36).slice(2, 14)}gptimg`;
    tasks.set(id, { task_id: id, created_at: new Date().toISOString() });
    return { code: 200, data: { task_id: id, status: 'IN_PROGRESS' } };
  },
);

app.get(
  '/api/status',
  {
    schema: {
      querystring: { type: 'object', required: ['task_id'], properties: { task_id: text } },
      response: answer({ task_id: text, status: text, consumed_credits: { type: 'number' }, created_at: text }),
    },
  },
  async (request, reply) => {
    const task = tasks.get(request.query.task_id);
    if (task === undefined) return reply.code(404).send({ code: 404, message: 'no such task', data: null });
    return { code: 200, data: { ...task, status: 'IN_PROGRESS', consumed_credits: 10 } };
  },
);

await app.listen({ port: 0, host: '127.0.0.1' });
process.send?.({ port: app.server.address().port });
