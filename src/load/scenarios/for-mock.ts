import { UsageError } from '../../core/errors.js';
import type { Distribution } from '../../core/lifecycle/distribution.js';
import type { Json } from '../../core/pointer.js';
import type { LoadScenario } from './scenario.js';

function written(distribution: Distribution): Json {
  if (distribution.kind === 'fixed') return `${distribution.ms}ms`;
  if (distribution.kind === 'uniform') return { uniform: [`${distribution.minMs}ms`, `${distribution.maxMs}ms`] };
  return { lognormal: { p50: `${distribution.p50Ms}ms`, p99: `${distribution.p99Ms}ms` } };
}

/** The outcome of a mock's task that takes longer, and by how much. */
const SLOW_FACTOR = 10;

/** What a mock cannot do, as it answers every request by itself: whatever makes requests or tasks wait for each other. */
function missing({ id, server }: LoadScenario): string | undefined {
  if (server.workers !== undefined)
    return `the server of ${id} runs ${server.workers} tasks at once and lets the others queue`;
  if (server.service !== undefined)
    return `the server of ${id} answers ${server.service.slots} requests at once and lets the others wait`;
  if (server.slow !== undefined && server.slow.factor !== SLOW_FACTOR)
    return `some tasks of ${id} take ${server.slow.factor} times as long`;
  return undefined;
}

/**
 * The server of a scenario as a scenario file of the mock. Throws a `UsageError` that says why, where the mock cannot
 * behave so. Calls that get lost are no part of it: whoever receives them loses them.
 */
export function asMockScenario(scenario: LoadScenario): Json {
  const { id, says, server } = scenario;
  const why = missing(scenario);
  if (why !== undefined)
    throw new UsageError(
      `The scenario ${id} cannot run on a mock of its own: ${why}, and a mock does not. ` +
        'Leave out --mock to run it in virtual time, or give --base-url to put its load on a server of yours',
    );
  const { timing = [], failed = 0, slow, outages = [], limits } = server;
  return {
    description: says,
    timing: timing.map(({ queued, running }) => ({
      ...(queued === undefined ? {} : { queued: written(queued) }),
      ...(running === undefined ? {} : { running: written(running) }),
    })),
    chances: [
      ...(failed > 0 ? [{ outcome: 'failed', share: failed }] : []),
      ...(slow === undefined ? [] : [{ outcome: 'slow', share: slow.share }]),
    ],
    // Polls and submits alike, as long as the window lasts.
    faults: outages.map(({ fromMs, untilMs }) => ({
      fault: 'error-burst=502,1',
      from: `${fromMs}ms`,
      until: `${untilMs}ms`,
    })),
    ...(limits === undefined ? {} : { limits: limits as unknown as Json }),
  };
}
