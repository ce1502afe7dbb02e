import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globals: false,
    testTimeout: 20_000,
    hookTimeout: 20_000,
    maxWorkers: 2,
    // The plain summary comes second so that its line is the last one printed.
    reporters: ['default', './test/support/plain-summary-reporter.ts'],
  },
});
