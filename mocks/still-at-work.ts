import type { Fault } from './fault.js';

const steps = 5;

/**
 * A server that answers at once never learns that somebody hung up: with this, requests take long enough. They do so in
 * steps, because a process that was kept waiting as a whole finds its timer due before it looks at its sockets.
 */
export const stillAtWork: Pick<Fault, 'after'> = {
  async after(reply, { clock }) {
    for (let step = 0; step < steps; step += 1) await clock.sleep(10);
    return reply;
  },
};
