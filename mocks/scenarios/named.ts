/** Scenarios that are ready by name, as they would stand in a file. */
export const namedScenarios: Readonly<Record<string, unknown>> = {
  usual: { description: 'As the pages say: no limits, no failures but those that are asked for' },
  instant: { description: 'Every task is done at once', timing: [{ queued: '0ms', running: '1ms' }] },
  flaky: {
    description: 'One task in ten fails, one request in twenty meets a server error or a bad gateway',
    chances: [
      { outcome: 'failed', share: 0.08 },
      { outcome: 'moderation', share: 0.02 },
      { outcome: 'server-error', share: 0.03 },
      { outcome: 'bad-gateway', share: 0.02 },
    ],
  },
  'slow-tail': {
    description: 'Most tasks take ten seconds, one in a hundred more than two minutes',
    timing: [{ running: { lognormal: { p50: '10s', p99: '130s' } } }],
  },
  'cold-start': {
    description: 'The first task after a quiet minute waits half a minute longer',
    timing: [{ coldStart: { after: '1m', delay: { uniform: ['20s', '40s'] } } }],
  },
  outage: {
    description: 'A bad gateway for everyone from the thirtieth second to the sixtieth',
    chances: [{ outcome: 'bad-gateway', share: 1, from: '30s', until: '60s' }],
  },
  'tight-limits': {
    description: 'Two submits a second, polls out of the same bucket, four tasks at once',
    limits: { submit: { perSecond: 2, burst: 4 }, shared: true, concurrency: 4 },
  },
};
