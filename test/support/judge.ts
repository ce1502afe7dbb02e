import { runCheck } from '../../src/conformance/run-check.js';
import type { CheckReport } from '../../src/core/check-report.js';
import { createMock } from '../../src/entry/mock.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { clockInside, engineWire } from './in-process.js';

/** A whole check at full depth of a mock with faults, in process and in virtual time. */
export async function judgeMock(vendor: string, faults: readonly string[] = [], seed = 1): Promise<CheckReport> {
  const clock = createVirtualClock();
  const { engine, contracts } = await createMock({ vendors: [vendor], clock: clockInside(clock), speed: 10, faults });
  const [contract] = contracts;
  if (contract === undefined) throw new Error(`no contract for ${vendor}`);
  return clock.run(async () => {
    const run = runCheck({
      contract,
      baseUrl: `http://127.0.0.1/${vendor}`,
      apiKey: `sk-${vendor}-test`,
      otherKey: `sk-${vendor}-other`,
      poorKey: `sk-${vendor}-poor`,
      depth: 'full',
      seed,
      timeout: 60_000,
      failOn: 'note',
      wire: engineWire(engine, clock),
      clock,
      version: '0.0.0',
    });
    for (;;) {
      const step = await run.next();
      if (step.done === true) return step.value;
    }
  });
}
