import { changeJson } from '../change-json.js';
import type { Fault } from '../fault.js';

const trace = 'TypeError: no such member\n    at admit (/srv/api/admit.js:41:17)\n    at serve (/srv/api/serve.js:8:3)';

export const showsStackTrace: Fault = {
  id: 'shows-stack-trace',
  title: 'Shows a stack trace in its refusals',
  rationale: 'Attackers learn what runs inside, and users learn nothing.',
  facts: ['H2'],
  applies: () => true,
  reply: (reply) =>
    reply.status < 400
      ? reply
      : changeJson(reply, (body) =>
          JSON.parse(JSON.stringify(body), (name, value) => (name === 'message' ? trace : value)),
        ),
};
