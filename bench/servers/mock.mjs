/** Our mock as it is built, the journal on. */
import { startMock } from '../../dist/src/entry/mock.js';
import { vendorOf } from './vendors.mjs';

const { name, waitMs } = vendorOf(process.argv.slice(2));
// Slow enough that every task is still running while it is polled, as on the yardstick's side; what is not polled takes
// a millisecond.
const speed = Number(process.argv[3] ?? (waitMs === undefined ? 0.001 : 1e9));
const mock = await startMock({ vendors: [name], speed });
process.send?.({ port: mock.port });
