import { type LoadScenario, usualServer } from './scenario.js';

export const soak: LoadScenario = {
  id: 'soak',
  says: 'A day of traffic, with failures: memory stays flat, and every task and every credit is accounted for',
  server: { ...usualServer, failed: 0.03 },
  arrivals: 'poisson',
  rate: 10,
  durationMs: 86_400_000,
};
