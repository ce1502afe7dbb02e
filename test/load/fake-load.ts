/** A load on a vendor in a few lines, on a virtual clock. */
import { type RunLoadOptions, runLoad } from '../../src/load/run-load.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { BASE, contractOf, createFakeVendor, type FakeVendorOptions, KEY } from '../client/fake-vendor.js';

export const contract = await contractOf('gptimage15');

export function load(
  options: Partial<RunLoadOptions> & Pick<RunLoadOptions, 'rate'>,
  vendorOptions: Omit<FakeVendorOptions, 'clock'> = {},
) {
  const clock = createVirtualClock();
  const vendor = createFakeVendor({ clock, ...vendorOptions });
  const run = () =>
    clock.run(() =>
      runLoad({ contract, apiKey: KEY, baseUrl: BASE, seed: 1, clock, transport: vendor.loadTransport, ...options }),
    );
  return { clock, vendor, run };
}

/** How many tasks are accounted for, whatever became of them. */
export function sum({ succeeded, failed, cancelled, abandoned, live }: Awaited<ReturnType<typeof runLoad>>['tasks']) {
  return succeeded + failed + cancelled + abandoned + live;
}
