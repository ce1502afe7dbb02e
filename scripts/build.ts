/** Turns specs, src and mocks into dist/: JavaScript, declarations, and every contract as JSON. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { bundleNames, bundleTasks } from '../src/contract/bundle.js';
import { loadContract } from '../src/contract/load-contract.js';
import { dist, removeBuild, root } from './build-output.js';
import { bundleBrowser } from './bundle-browser.js';
import { bundleCommands } from './bundle-command.js';
import { validatorsModule } from './bundle-validators.js';

function compile(): void {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const { status, signal, error } = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], {
    cwd: root,
    stdio: 'inherit',
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`tsc failed (${signal ?? `exit code ${status}`}), see its messages above`);
}

/**
 * Contracts travel as JSON, with their task blocks validated and their schemas compiled, because all of that would
 * dominate the start-up time of every command. A contract that cannot be used ends the build.
 */
async function bundleContracts(): Promise<number> {
  const vendors = readdirSync(join(root, 'specs'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, 'specs', entry.name, 'openapi.yaml')))
    .map((entry) => entry.name);
  for (const vendor of vendors) {
    const from = join(root, 'specs', vendor);
    const to = join(dist, 'specs', vendor);
    const contract = await loadContract(join(from, 'openapi.yaml'));
    mkdirSync(to, { recursive: true });
    writeFileSync(join(to, 'openapi.json'), JSON.stringify(contract.document));
    writeFileSync(join(to, bundleNames.tasks), JSON.stringify(bundleTasks(contract.operations)));
    writeFileSync(join(to, bundleNames.sides), JSON.stringify(Object.fromEntries(contract.sideEndpoints())));
    writeFileSync(join(to, bundleNames.validators), validatorsModule(contract));
    for (const folder of ['examples', 'dialects'])
      if (existsSync(join(from, folder))) cpSync(join(from, folder), join(to, folder), { recursive: true });
  }
  return vendors.length;
}

/** Whatever the compiler leaves behind (pages, scenario files) is read at run time beside the module that needs it. */
function copyAssets(folder: string): void {
  const from = join(root, folder);
  if (!existsSync(from)) return;
  cpSync(from, join(dist, folder), {
    recursive: true,
    filter: (path) => statSync(path).isDirectory() || !['.ts', '.md'].includes(extname(path)),
  });
}

function markExecutable(): void {
  const bin = join(dist, 'src', 'cli', 'main.js');
  if (existsSync(bin)) chmodSync(bin, 0o755);
  else console.warn('build: dist/src/cli/main.js is missing, so there is no command to run');
}

const started = performance.now();
try {
  removeBuild();
  compile();
  const contracts = await bundleContracts();
  await bundleCommands('src/cli', ['main.ts', 'start.ts', 'load-worker.ts']);
  copyAssets('src');
  copyAssets('mocks');
  markExecutable();
  // In a browser there is nothing to load from beside it: this entry is one file, in the place of the compiler's.
  const browserEntry = 'src/entry/msw-browser';
  await bundleBrowser(join(root, `${browserEntry}.ts`), join(dist, `${browserEntry}.js`), ['msw']);
  console.log(`build: ${contracts} contracts, ${((performance.now() - started) / 1000).toFixed(1)} s`);
} catch (error) {
  console.error(`build: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
