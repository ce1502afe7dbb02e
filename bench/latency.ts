import type { Bench } from './support/bench.js';
import { sideBySide } from './support/side-by-side.js';
import { pollRequest, submitTasks } from './support/tasks.js';

const TASKS = 1000;

export const latency: Bench = {
  title: 'p99 of polls under 100 open connections, each with one request under way',
  run: (options) =>
    sideBySide(
      options,
      async ({ port }) => ({ requests: (await submitTasks(port, TASKS)).map(pollRequest), connections: 100 }),
      'p99',
    ),
};
