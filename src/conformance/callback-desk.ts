import type { CallbackRecord } from '../core/check-report.js';
import type { CallbackReceiver } from '../platform/callback-receiver.js';

/** One call as checks see it: what is recorded, and the body as it came. */
export interface CallbackSeen {
  readonly record: CallbackRecord;
  /** The raw body, which a signature is made over. */
  readonly body: Uint8Array;
  /** The parsed body; undefined where it is not JSON. */
  readonly json?: unknown;
}

/** An address that a vendor is asked to call, and the calls that came. */
interface Hook {
  readonly url: string;
  /** In the order of arrival; grows while the run goes on. */
  readonly calls: readonly CallbackSeen[];
}

/** Hands out addresses and writes down who calls them. */
export interface CallbackDesk {
  /** `token` makes the address this task's own; `answers` are the first statuses, then comes 200. */
  open(token: string, answers: readonly number[]): Hook;
  /** Every call to an address that was handed out. */
  readonly calls: readonly CallbackSeen[];
}

/** A sender in a loop is not recorded for ever. */
const mostCalls = 500;

function parsed(text: string): { json?: unknown } {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return {};
  }
}

export function createCallbackDesk(receiver: CallbackReceiver, redact: (text: string) => string): CallbackDesk {
  const hooks = new Map<string, { readonly calls: CallbackSeen[]; readonly answers: number[] }>();
  const calls: CallbackSeen[] = [];
  receiver.listen(({ method, path, headers, body, at }) => {
    // A vendor may add to the path of an address, and a tunnel put something before it.
    const hook = path
      .split(/[/?]/)
      .map((part) => hooks.get(part))
      .find((found) => found !== undefined);
    if (hook === undefined) return 404;
    const answered = hook.answers.shift() ?? 200;
    if (calls.length >= mostCalls) return answered;
    const text = new TextDecoder().decode(body);
    const seen: CallbackSeen = {
      record: {
        id: `c${calls.length + 1}`,
        method,
        path: redact(path),
        headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, redact(value)])),
        body: redact(text),
        receivedAt: at,
        answered,
      },
      body,
      ...parsed(text),
    };
    calls.push(seen);
    hook.calls.push(seen);
    return answered;
  });
  return {
    calls,
    open(token, answers) {
      const hook = { calls: [] as CallbackSeen[], answers: [...answers] };
      hooks.set(token, hook);
      return { url: `${receiver.url}/${token}`, calls: hook.calls };
    },
  };
}
