import type { Fault } from './fault.js';

/** A server that answers at once never learns that somebody hung up: with this, requests take long enough. */
export const stillAtWork: Pick<Fault, 'after'> = {
  async after(reply, { clock }) {
    await clock.sleep(15);
    return reply;
  },
};
