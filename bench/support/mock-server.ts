import { startMock } from '../../src/entry/mock.js';

// Slow enough that every task is still running while it is polled, as on the yardstick's side.
const mock = await startMock({ vendors: ['gptimage15'], speed: 0.01 });
process.stdout.write(`${mock.origin}\n`);
