import type { CheckOptions } from '../../src/conformance/check-options.js';
import { runCheck } from '../../src/conformance/run-check.js';
import type { CheckReport } from '../../src/core/check-report.js';
import { createMock } from '../../src/entry/mock.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { clockInside, engineWire, receiverInProcess } from './in-process.js';

const callbackSecret = 'whsec_cHJvb2ZzaGVldC1jYWxscy1iYWNr';

/**
 * A whole check at full depth of a mock (a vendor or a contract file) with faults, in process and in virtual time. In a
 * dialect it is judged by the contract in that dialect,
 * unless another one is given.
 */
export async function judgeMock(
  vendor: string,
  faults: readonly string[] = [],
  seed = 1,
  dialects: readonly string[] = [],
  more: Partial<CheckOptions> = {},
): Promise<CheckReport> {
  const clock = createVirtualClock();
  const { receiver, sender } = receiverInProcess(clock);
  const settings = {
    vendors: [vendor],
    clock: clockInside(clock),
    speed: 10,
    faults,
    dialects,
    callbackSender: sender,
    callbackSecret,
  };
  const { engine, contracts } = await createMock(settings);
  const [contract] = contracts;
  if (contract === undefined) throw new Error(`no contract for ${vendor}`);
  return clock.run(async () => {
    const run = runCheck({
      contract,
      baseUrl: `http://127.0.0.1/${contract.id}`,
      apiKey: `sk-${contract.id}-test`,
      otherKey: `sk-${contract.id}-other`,
      poorKey: `sk-${contract.id}-poor`,
      depth: 'full',
      seed,
      cases: 'sample',
      timeout: 60_000,
      failOn: 'note',
      receiver,
      callbackSecret,
      wire: engineWire(engine, clock),
      clock,
      version: '0.0.0',
      ...more,
    });
    for (;;) {
      const step = await run.next();
      if (step.done === true) return step.value;
    }
  });
}

const clean = new Map<string, Promise<CheckReport>>();

/** The same of a mock without faults, judged once for all tests of a file. */
export function judgeClean(vendor: string): Promise<CheckReport> {
  const run = clean.get(vendor) ?? judgeMock(vendor);
  clean.set(vendor, run);
  return run;
}
