import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // The examples import the package by its name; here the name means the sources, so that no build is needed to run them.
  resolve: {
    alias: [{ find: /^proofsheet\/(.+)$/, replacement: fileURLToPath(new URL('src/entry/$1.ts', import.meta.url)) }],
  },
  test: {
    include: ['test/**/*.test.ts', 'examples/**/*.test.ts'],
    globals: false,
    testTimeout: 20_000,
    hookTimeout: 20_000,
    maxWorkers: 2,
    // The plain summary comes second so that its line is the last one printed.
    reporters: ['default', './test/support/plain-summary-reporter.ts'],
  },
});
