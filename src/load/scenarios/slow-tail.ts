import { type LoadScenario, usualServer } from './scenario.js';

export const slowTail: LoadScenario = {
  id: 'slow-tail',
  says: 'Two tasks in a hundred take ten times as long, and nobody waits longer than 90 s: work given up, done twice, paid for',
  server: { ...usualServer, slow: { share: 0.02, factor: 10 } },
  arrivals: 'poisson',
  rate: 5,
  tasks: 20_000,
  timeoutMs: 90_000,
  askAgain: 0.5,
};
