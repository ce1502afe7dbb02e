/** Fills a heap on so many cores, as far as the collector is told: `tsx --trace-concurrent-marking make-garbage.ts CORES`. */
import { collectWithoutHelpers } from '../../src/platform/garbage.js';

collectWithoutHelpers(Number(process.argv[2]));
const kept: unknown[] = [];
for (let entry = 0; entry < 1_500_000; entry += 1) {
  kept.push({ entry, text: `entry ${entry}` });
  // Helpers get their work between two turns of the event loop.
  if (entry % 50_000 === 0) await new Promise(setImmediate);
}
