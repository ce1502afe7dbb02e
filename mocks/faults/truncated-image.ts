import type { Fault } from '../fault.js';

export const truncatedImage: Fault = {
  id: 'truncated-image',
  title: 'Delivers files that end in the middle',
  rationale: 'The picture is broken, often only below the fold.',
  facts: ['H6', 'H2'],
  applies: () => true,
  file: (reply) => ({ ...reply, body: (reply.body as Uint8Array).subarray(0, Math.ceil(reply.body.length / 2)) }),
};
