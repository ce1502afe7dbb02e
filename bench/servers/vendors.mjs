/**
 * What the yardsticks know of each vendor, written by hand as somebody would who needs one small server: paths, the least
 * validation, and the answers. Nothing of it comes from the contracts.
 */
const createdAt = () => Math.floor(Date.now() / 1000);
const letters = (count) =>
  Math.random()
    .toString(36)
    .slice(2, 2 + count);
const query = (url, name) => new URLSearchParams(url.slice(url.indexOf('?') + 1)).get(name) ?? '';
const behindLastSlash = (url) => url.slice(url.lastIndexOf('/') + 1);
const text = { type: 'string' };

/** A body as a small validation by hand and a schema see it: a prompt, and words out of lists. */
function bodyRules(most, lists, required = ['prompt']) {
  const sets = Object.entries(lists).map(([name, words]) => [name, new Set(words)]);
  return {
    isValid: (body) =>
      required.every((name) => body[name] !== undefined) &&
      typeof body.prompt === 'string' &&
      body.prompt.length <= most &&
      sets.every(([name, words]) => body[name] === undefined || words.has(String(body[name]))),
    schema: {
      type: 'object',
      required,
      properties: {
        prompt: { type: 'string', maxLength: most },
        ...Object.fromEntries(Object.entries(lists).map(([name, words]) => [name, { enum: words }])),
      },
    },
  };
}

const qualities = ['low', 'medium', 'high'];
const openQualities = ['auto', ...qualities];

export const vendors = {
  gptimage15: {
    submitPath: '/api/generate',
    pollPath: '/api/status',
    idIn: (url) => query(url, 'task_id'),
    ...bodyRules(2000, { size: ['1024*1024', '1024*1536', '1536*1024'], quality: qualities }),
    newTask: () => ({ id: `n36${letters(12)}gptimg`, created: new Date().toISOString() }),
    accepted: ({ id }) => ({ code: 200, data: { task_id: id, status: 'IN_PROGRESS' } }),
    running: ({ id, created }) => ({
      code: 200,
      data: { task_id: id, status: 'IN_PROGRESS', consumed_credits: 10, created_at: created },
    }),
    refused: (code, message) => ({ code, message, data: null }),
  },
  apimart: {
    submitPath: '/v1/images/generations',
    pollPath: '/v1/tasks/:id',
    idIn: behindLastSlash,
    ...bodyRules(32_000, { model: ['gpt-image-1-official'], size: ['1:1', '3:2', '2:3'], quality: openQualities }, [
      'model',
      'prompt',
    ]),
    newTask: () => ({ id: `task_01K${letters(12)}`, created: createdAt() }),
    accepted: ({ id }) => ({ code: 200, data: [{ status: 'submitted', task_id: id }] }),
    running: ({ id, created }) => ({
      code: 200,
      data: { id, status: 'pending', progress: 0, created, estimated_time: 12 },
    }),
    refused: (code, message) => ({ error: { code, message, type: 'invalid_request_error' } }),
  },
  evolink: {
    submitPath: '/v1/images/generations',
    pollPath: '/v1/tasks/:id',
    idIn: behindLastSlash,
    ...bodyRules(2000, { model: ['gpt-image-1'], size: ['1024x1024', '1024x1536', '1536x1024'], quality: qualities }, [
      'model',
      'prompt',
    ]),
    newTask: () => ({ id: `task-unified-${createdAt()}-${letters(8)}`, created: createdAt() }),
    accepted: (task) => vendors.evolink.running(task),
    running: ({ id, created }) => ({
      created,
      id,
      model: 'gpt-image-1',
      object: 'image.generation.task',
      progress: 0,
      status: 'pending',
      task_info: { can_cancel: true, estimated_time: 12 },
      type: 'image',
      usage: { billing_rule: 'per_call', credits_reserved: 2.5, user_group: 'default' },
    }),
    refused: (code, message) => ({ error: { code: String(code), message, type: 'invalid_request_error' } }),
  },
  /** It answers when the picture is there, a millisecond later on every side, so that nothing is polled. */
  apigo: {
    submitPath: '/v1/images/generations',
    waitMs: 1,
    ...bodyRules(32_000, { size: ['auto', '1024x1024', '1024x1536', '1536x1024'], quality: openQualities }),
    newTask: () => ({ id: letters(12), created: createdAt() }),
    accepted: ({ id, created }) => ({
      created,
      background: 'auto',
      output_format: 'png',
      quality: 'high',
      size: '1536x1024',
      data: [{ url: `http://127.0.0.1/__files/${id}/0.png` }],
      usage: {
        input_tokens: 15,
        input_tokens_details: { image_tokens: 0, text_tokens: 15 },
        output_tokens: 1536,
        total_tokens: 1551,
      },
    }),
    refused: (code, message) => ({ error: { message, type: 'invalid_request_error', code, param: null } }),
  },
};

/** The vendor that a server was started for, with the key that its client sends. */
export function vendorOf([name = 'gptimage15']) {
  return { ...vendors[name], name, authorization: `Bearer sk-${name}-test` };
}

/** What fastify writes an answer by: the shape of a sample. */
export function shapeOf(sample) {
  if (Array.isArray(sample)) return { type: 'array', items: shapeOf(sample[0]) };
  if (typeof sample === 'number') return { type: 'number' };
  if (typeof sample === 'boolean') return { type: 'boolean' };
  if (typeof sample !== 'object') return text;
  const properties = Object.fromEntries(Object.entries(sample).map(([name, value]) => [name, shapeOf(value)]));
  return { type: 'object', properties };
}
