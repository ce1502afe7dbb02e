/** A task of its own after everything that is promised now: a message, because timers in a page are held back. */
const waiting: (() => void)[] = [];
const { port1, port2 } = new MessageChannel();
port1.addEventListener('message', () => waiting.shift()?.());
port1.start();

export function setImmediate(work: () => void): void {
  waiting.push(work);
  port2.postMessage(undefined);
}
