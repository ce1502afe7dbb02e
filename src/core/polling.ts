/** Polling policies as pure values, one per file in `polling/`, and the rules that hold for all of them. */
export { advisedPolicy } from './polling/advised.js';
export { decorrelatedJitter } from './polling/decorrelated-jitter.js';
export { equalJitter } from './polling/equal-jitter.js';
export { etaGuided } from './polling/eta-guided.js';
export { exponential } from './polling/exponential.js';
export { fixed } from './polling/fixed.js';
export { fullJitter } from './polling/full-jitter.js';
export { nextWait } from './polling/next-wait.js';
export { parsePolicy, policyExamples } from './polling/parse-policy.js';
export type { PollFacts, PollingPolicy } from './polling/policy.js';
export { learnQuantiles, quantileGuided } from './polling/quantile-guided.js';
export { retryAfterMs } from './polling/retry-after.js';
export { serverGuided } from './polling/server-guided.js';
export { webhook } from './polling/webhook.js';
