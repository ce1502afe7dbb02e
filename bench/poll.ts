import type { Bench } from './support/bench.js';
import { sideBySide } from './support/side-by-side.js';
import { pollRequest, submitTasks } from './support/tasks.js';

const TASKS = 1000;

export const poll: Bench = {
  title: `Polls of ${TASKS} running tasks, 32 connections`,
  run: (options) =>
    sideBySide(
      options,
      async ({ port }) => ({ requests: (await submitTasks(port, TASKS)).map(pollRequest), connections: 32 }),
      'throughput',
    ),
};
