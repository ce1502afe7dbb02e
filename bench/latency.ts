import type { Bench } from './support/bench.js';
import { sideBySide } from './support/side-by-side.js';
import { pollsOf, submitTasks } from './support/tasks.js';

const TASKS = 1000;

export const latency: Bench = {
  polls: true,
  title: 'p99 of polls under 100 open connections, each with one request under way',
  run: (options) =>
    sideBySide(
      options,
      async ({ port }) => ({
        requests: pollsOf(options.customer, await submitTasks(options.customer, port, TASKS)),
        connections: 100,
      }),
      'p99',
    ),
};
