import type { Bench } from './support/bench.js';
import { sideBySide } from './support/side-by-side.js';
import { pollsOf, submitTasks } from './support/tasks.js';

const TASKS = 1000;

export const poll: Bench = {
  polls: true,
  title: `Polls of ${TASKS} running tasks, 32 connections`,
  run: (options) =>
    sideBySide(
      options,
      async ({ port }) => ({
        requests: pollsOf(options.customer, await submitTasks(options.customer, port, TASKS)),
        connections: 32,
      }),
      'throughput',
    ),
};
