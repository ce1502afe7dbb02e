import { type LoadScenario, stagesOf, usualServer } from './scenario.js';

const TWENTY_MINUTES_MS = 1_200_000;

export const lostCallbacks: LoadScenario = {
  id: 'lost-callbacks',
  says: 'Calls that get lost, one in a hundred, then one in ten, then all: what the safety poll beneath them saves',
  server: {
    ...usualServer,
    callbacks: {
      lost: [
        { fromMs: 0, share: 0.01 },
        { fromMs: TWENTY_MINUTES_MS, share: 0.1 },
        { fromMs: 2 * TWENTY_MINUTES_MS, share: 1 },
      ],
      delay: { kind: 'lognormal', p50Ms: 200, p99Ms: 2000 },
    },
  },
  arrivals: 'poisson',
  rate: 5,
  durationMs: 3 * TWENTY_MINUTES_MS,
  policy: 'webhook:60s',
  stages: stagesOf(
    ['1 % lost', TWENTY_MINUTES_MS],
    ['10 % lost', 2 * TWENTY_MINUTES_MS],
    ['all lost', Number.POSITIVE_INFINITY],
  ),
};
