/**
 * Writes everything that follows from other files: types of the contracts, registries, pages. With `--check` it writes
 * nothing, lists the files that are stale and exits 1.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './build-output.js';
import { behaviourPages } from './generate/behaviour-pages.js';
import { checkPages } from './generate/check-pages.js';
import { controlPage } from './generate/control-page.js';
import { factsPage } from './generate/facts-page.js';
import { faultPage } from './generate/fault-page.js';
import { oraclesPage } from './generate/oracles-page.js';
import { registries } from './generate/registries.js';
import { taskSchema } from './generate/task-schema.js';
import { vendorRegistry } from './generate/vendor-registry.js';
import { vendorTypes } from './generate/vendor-types.js';
import { workflows } from './generate/workflows.js';

/** One generated file: path from the root, and text. */
export type Generated = readonly [path: string, text: string];

function current(path: string): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return undefined;
  }
}

function write([path, text]: Generated): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const check = process.argv.includes('--check');
let failed = false;
const stale: string[] = [];

// Registries come before the pages, which import what the registries list; a broken module must not keep the rest
// from being written.
const generators = [
  vendorTypes,
  vendorRegistry,
  registries,
  behaviourPages,
  controlPage,
  faultPage,
  factsPage,
  oraclesPage,
  taskSchema,
  workflows,
  checkPages,
];
for (const generate of generators) {
  try {
    for (const generated of await generate(root)) {
      if (current(generated[0]) === generated[1]) continue;
      stale.push(generated[0]);
      if (!check) write(generated);
    }
  } catch (error) {
    console.error(`generate: ${error instanceof Error ? error.message : String(error)}`);
    failed = true;
  }
}

for (const path of stale) console.log(`${check ? 'stale' : 'wrote'}: ${path}`);
if (check && stale.length > 0) console.error('generate: run "npm run generate"');
if (failed || (check && stale.length > 0)) process.exitCode = 1;
