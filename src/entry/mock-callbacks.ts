import { type NamedFault, oddityOf } from '../../mocks/named-fault.js';
import { isOddity, oddities } from '../../mocks/webhooks/oddity.js';
import type { WebhookOptions } from '../../mocks/webhooks/webhooks.js';
import { UsageError } from '../core/errors.js';
import { httpCallbackSender } from '../platform/callback-sender.js';
import type { MockOptions } from './mock.js';

/** The part of a mock's options that is about calling back. Throws a `UsageError`. */
export function webhookOptions(
  options: MockOptions,
  faults: readonly NamedFault[] = [],
): Omit<WebhookOptions, 'clock' | 'speed'> {
  const { callbacks = 'loopback', callbacksOut = false, callbackSecret, callbackSender, callbackOddities } = options;
  if (callbacksOut && callbacks !== 'vendor')
    throw new UsageError("Receivers elsewhere are only called by the vendor's own rules: add --callbacks vendor");
  const always = faults.flatMap(({ text }) => oddityOf(text) ?? []);
  const odd = [...always, ...(callbackOddities ?? [])];
  const unknown = odd.find((id) => !isOddity(id));
  if (unknown !== undefined)
    throw new UsageError(
      `Calls cannot go wrong as ${JSON.stringify(unknown)}: known are ${oddities.map(({ id }) => id).join(', ')}`,
    );
  return {
    policy: callbacks,
    callOut: callbacksOut,
    sender: callbackSender ?? httpCallbackSender,
    oddities: odd.filter(isOddity),
    ...(callbackSecret === undefined ? {} : { secret: callbackSecret }),
  };
}
