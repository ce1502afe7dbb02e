import { setMaxListeners } from 'node:events';

/** A signal that aborts with the first of several. Every request in flight may listen, so listeners are not counted. */
export function anySignal(...signals: readonly (AbortSignal | undefined)[]): AbortSignal {
  const any = AbortSignal.any(signals.filter((signal) => signal !== undefined));
  setMaxListeners(0, any);
  return any;
}
