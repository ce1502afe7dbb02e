/** A sample of what `npm run flake` does in full. */
import { expect, test } from 'vitest';
import { vendorIds } from '../../specs/index.gen.js';
import { accusedBy, differences, flakeTargets, inProcess, overSockets, toldBy } from '../support/flake.js';

const targets = (
  await Promise.all(
    vendorIds.map(async (vendor) => (await flakeTargets(vendor, 1)).map((faults) => ({ vendor, faults }))),
  )
)
  .flat()
  // One clean and one faulty vendor of each kind are enough here.
  .filter((_, index) => index % 3 === 0);

test.each(targets)('three runs of $vendor with $faults tell the same', async ({ vendor, faults }) => {
  expect(await differences(3, inProcess(vendor, faults))).toEqual([]);
});

test('so do two over sockets', async () => {
  expect(await differences(2, overSockets('gptimage15', []), accusedBy)).toEqual([]);
});

test('another verdict would be noticed', async () => {
  const clean = toldBy(await inProcess('gptimage15', [])());
  expect(toldBy(await inProcess('gptimage15', ['wrong-size'])())).not.toBe(clean);
});
