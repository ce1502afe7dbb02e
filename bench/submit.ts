import type { Bench } from './support/bench.js';
import { sideBySide } from './support/side-by-side.js';

const BODIES = 1000;

export const submit: Bench = {
  polls: false,
  title: 'Submits, each with a full validation, 32 connections',
  run: (options) =>
    sideBySide(
      options,
      async () => ({
        requests: Array.from({ length: BODIES }, (_, index) => options.customer.submit(index)),
        connections: 32,
      }),
      'throughput',
    ),
};
