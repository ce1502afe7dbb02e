/** A page has no threads of this kind: whoever wants one does the work itself. */
export class Worker {
  constructor() {
    throw new Error('Threads of Node do not exist in a browser');
  }
}
