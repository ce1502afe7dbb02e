export { PollDeadlineError } from '../client/errors/poll-deadline-error.js';
export {
  type PollAnswer,
  type Polled,
  type PollQuestion,
  type PollUntilDoneOptions,
  type PollWait,
  pollUntilDone,
} from '../client/poll-until-done.js';
export { UsageError } from '../core/errors.js';
export {
  decorrelatedJitter,
  equalJitter,
  etaGuided,
  exponential,
  fixed,
  fullJitter,
  type PollFacts,
  type PollingPolicy,
  parsePolicy,
  quantileGuided,
  retryAfterMs,
  serverGuided,
} from '../core/polling.js';
export { createVirtualClock, type VirtualClock } from '../platform/virtual-clock.js';
