import { type LoadScenario, usualServer } from './scenario.js';

export const steady: LoadScenario = {
  id: 'steady',
  says: 'Users who know nothing of each other, 10 tasks a second: time to detect against polls against refusals',
  server: usualServer,
  arrivals: 'poisson',
  rate: 10,
  tasks: 20_000,
};
