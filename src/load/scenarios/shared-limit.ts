import { type LoadScenario, stagesOf, usualServer } from './scenario.js';

export const sharedLimit: LoadScenario = {
  id: 'shared-limit',
  says: 'One limit of 60 requests a second for submits and polls, ever more tasks: from which rate on polling starves submits',
  server: { ...usualServer, limits: { submit: { perSecond: 60, burst: 60 }, shared: true } },
  arrivals: 'ramp:1,20,10m',
  rate: 1,
  durationMs: 600_000,
  policy: 'fixed:2s',
  stages: stagesOf(
    ['1 to 5.75 tasks/s', 150_000],
    ['5.75 to 10.5 tasks/s', 300_000],
    ['10.5 to 15.25 tasks/s', 450_000],
    ['15.25 to 20 tasks/s', Number.POSITIVE_INFINITY],
  ),
};
