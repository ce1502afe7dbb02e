import { z } from 'zod';

/**
 * How a vendor calls back when a task has ended: the `callback` block of `x-async-task`. Where the address stands in the
 * request is said by the role `callback`; what is sent is the answer to a poll. Everything left out has no rule.
 */
const duration = z.string().regex(/^\d+(\.\d+)?(ms|s|m|h)$/, 'must be a duration such as 250ms, 5s or 24h');

export const callbackRulesSchema = z.strictObject({
  /** Appended to the path of the address as given. */
  suffix: z.string().startsWith('/').optional(),
  /** Whether plain http is refused. */
  httpsOnly: z.boolean().optional(),
  /** Whether addresses of this machine and of private networks are refused. */
  privateRefused: z.boolean().optional(),
  /** Ports that may be named; any by default. */
  ports: z.array(z.int().min(1).max(65_535)).optional(),
  /** Characters of the address as given. */
  maxLength: z.int().positive().optional(),
  /** The ends that are told. */
  events: z.array(z.enum(['succeeded', 'failed', 'cancelled'])).optional(),
  /** How long the receiver may take. */
  timeout: duration.optional(),
  /** The waits before the second, third, … attempt; without any there is one attempt. */
  retries: z.array(duration).optional(),
  /** Answers after which nothing more is sent: every 2xx, and for some vendors every 4xx as well. */
  final: z.array(z.enum(['2xx', '4xx'])).optional(),
  facts: z.array(z.string()).optional(),
  /** What states the content of calls and what ends them, where `facts` only state that there are calls. */
  detailFacts: z.array(z.string()).optional(),
});

export type CallbackRules = z.output<typeof callbackRulesSchema>;
