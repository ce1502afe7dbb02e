import { type LoadScenario, stagesOf, usualServer } from './scenario.js';

export const outage: LoadScenario = {
  id: 'outage',
  says: 'Half a minute without an answer: how much of a herd comes back afterwards',
  server: { ...usualServer, outages: [{ fromMs: 120_000, untilMs: 150_000 }] },
  arrivals: 'poisson',
  rate: 20,
  durationMs: 300_000,
  stages: stagesOf(
    ['before', 120_000],
    ['outage', 150_000],
    ['recovery', 180_000],
    ['after', Number.POSITIVE_INFINITY],
  ),
};
