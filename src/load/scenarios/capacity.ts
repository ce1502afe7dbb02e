import { type LoadScenario, stagesOf, usualServer } from './scenario.js';

export const capacity: LoadScenario = {
  id: 'capacity',
  says: 'A server that answers 800 requests a second, ever more tasks: where polls begin to wait for each other',
  server: { ...usualServer, service: { slots: 4, time: { kind: 'fixed', ms: 5 } } },
  arrivals: 'ramp:10,200,10m',
  rate: 10,
  durationMs: 600_000,
  policy: 'fixed:2s',
  stages: stagesOf(
    ['10 to 57 tasks/s', 150_000],
    ['57 to 105 tasks/s', 300_000],
    ['105 to 152 tasks/s', 450_000],
    ['152 to 200 tasks/s', Number.POSITIVE_INFINITY],
  ),
};
