import type { Bench } from './support/bench.js';
import { requestBytes } from './support/raw-client.js';
import { sideBySide } from './support/side-by-side.js';
import { submitBody, submitPath } from './support/tasks.js';

const BODIES = 1000;

export const submit: Bench = {
  title: 'Submits, each with a full validation, 32 connections',
  run: (options) =>
    sideBySide(
      options,
      async () => ({
        requests: Array.from({ length: BODIES }, (_, index) => requestBytes('POST', submitPath, submitBody(index))),
        connections: 32,
      }),
      'throughput',
    ),
};
