import { type LoadScenario, usualServer } from './scenario.js';

export const burst: LoadScenario = {
  id: 'burst',
  says: '500 tasks at once for a server that runs 50 at a time: how the queue grows, and who pays for it',
  server: { ...usualServer, workers: 50 },
  arrivals: 'burst:500',
  rate: 1,
};
