import { UsageError } from '../core/errors.js';
import { type CallbackReceiver, receiveCallbacks } from '../platform/callback-receiver.js';
import { systemClock } from '../platform/clock.js';

export interface CallbackReceiverSettings {
  /** A public address under which a tunnel leads to `callbackPort` of this machine; needed away from loopback. */
  readonly callbackUrl?: string | undefined;
  readonly callbackPort?: number | undefined;
  /** Calls that are taken at once. */
  readonly connections?: number;
}

/**
 * A receiver of a vendor's calls: on this machine one of our own, elsewhere only behind an address that the caller
 * provides; undefined where there is none. Rejects with a `UsageError` for an address that leads nowhere.
 */
export async function callbackReceiver(
  { callbackUrl, callbackPort, connections }: CallbackReceiverSettings,
  local: boolean,
): Promise<CallbackReceiver | undefined> {
  const options = {
    clock: systemClock,
    ...(callbackPort === undefined ? {} : { port: callbackPort }),
    ...(connections === undefined ? {} : { connections }),
  };
  if (callbackUrl === undefined) return local ? receiveCallbacks(options) : undefined;
  const url = URL.canParse(callbackUrl) ? new URL(callbackUrl) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '')
    throw new UsageError(
      `--callback-url ${JSON.stringify(callbackUrl)} must be an http or https address without a query: https://hooks.example.com/x`,
    );
  if (callbackPort === undefined)
    throw new UsageError('--callback-url needs --callback-port: the port of 127.0.0.1 that the address leads to');
  return receiveCallbacks({ ...options, publicUrl: callbackUrl });
}
