import { parseDuration } from '../core/duration.js';
import { UsageError } from '../core/errors.js';
import { exponential, fixed, type PollingPolicy } from '../core/polling.js';

interface PolicyKind {
  /** As a person writes it. */
  readonly form: string;
  readonly build: (params: readonly string[]) => PollingPolicy | undefined;
}

function wait(text: string | undefined, what: string): number {
  const ms = parseDuration(text ?? '', what);
  if (ms < 1) throw new UsageError(`${what} must be at least 1ms, is ${JSON.stringify(text)}`);
  return ms;
}

const kinds: Readonly<Record<string, PolicyKind>> = {
  fixed: {
    form: 'fixed:250ms (the same wait before each poll)',
    build: (params) => (params.length === 1 ? fixed(wait(params[0], 'The interval of a fixed policy')) : undefined),
  },
  exponential: {
    form: 'exponential:1s,1.5,45s (first wait, factor, longest wait)',
    build: (params) => {
      if (params.length !== 3) return undefined;
      const first = wait(params[0], 'The first wait of an exponential policy');
      const cap = wait(params[2], 'The longest wait of an exponential policy');
      const factor = /^\d+(\.\d+)?$/.test(params[1] ?? '') ? Number(params[1]) : Number.NaN;
      if (!(factor >= 1 && factor <= 100))
        throw new UsageError(
          `The factor of an exponential policy must be from 1 to 100, is ${JSON.stringify(params[1])}`,
        );
      if (cap < first)
        throw new UsageError(`The longest wait (${params[2]}) must not be shorter than the first (${params[0]})`);
      return exponential(first, factor, cap);
    },
  },
};

/** What `parsePolicy` takes, for help texts. */
const policyForms: readonly string[] = Object.values(kinds).map(({ form }) => form);

/** A polling policy from a text such as `fixed:250ms`. Throws a `UsageError` that shows every form. */
export function parsePolicy(text: string): PollingPolicy {
  const [name = '', params, ...rest] = text.trim().split(':');
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  const policy = rest.length === 0 ? kind?.build((params ?? '').split(',').map((param) => param.trim())) : undefined;
  if (policy === undefined)
    throw new UsageError(`The policy ${JSON.stringify(text)} is unknown: write ${policyForms.join(' or ')}`);
  return policy;
}
