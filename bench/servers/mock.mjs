/** Our mock as it is built, the journal on. */
import { startMock } from '../../dist/src/entry/mock.js';

// Slow enough that every task is still running while it is polled, as on the yardstick's side.
const speed = Number(process.argv[2] ?? 0.001);
const mock = await startMock({ vendors: ['gptimage15'], speed });
process.send?.({ port: mock.port });
