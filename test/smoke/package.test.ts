import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const readJson = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));
const manifest: {
  bin: Record<string, string>;
  exports: Record<string, string | { types: string; default: string }>;
  overrides: Record<string, string>;
  allowScripts: Record<string, boolean>;
} = readJson('package.json');
const lockfile: { packages: Record<string, { version?: string; resolved?: string; hasInstallScript?: boolean }> } =
  readJson('package-lock.json');

test('the package offers these entries and one command', () => {
  expect(Object.keys(manifest.exports)).toEqual([
    '.',
    './client',
    './poller',
    './mock',
    './msw',
    './msw-browser',
    './vitest',
    './conformance',
    './package.json',
  ]);
  expect(manifest.bin).toEqual({ proofsheet: 'dist/src/cli/main.js' });
});

test('the code and the types of an entry come from the same source file', () => {
  for (const entry of Object.values(manifest.exports)) {
    if (typeof entry === 'string') continue;
    expect(entry.types.replace(/\.d\.ts$/, '')).toBe(entry.default.replace(/\.js$/, ''));
    const source = entry.default.replace('./dist/', '').replace(/\.js$/, '.ts');
    expect({ source, exists: existsSync(join(root, source)) }).toEqual({ source, exists: true });
  }
});

test('the lockfile ties the project to no registry', () => {
  const tied = Object.entries(lockfile.packages).filter(([, { resolved }]) => resolved?.includes('://'));
  expect(tied).toEqual([]);
});

test('the pinned packages are the installed ones, wherever they lie', () => {
  const installed = Object.keys(manifest.overrides).map((name) => [
    name,
    Object.entries(lockfile.packages).find(([path]) => path.endsWith(`node_modules/${name}`))?.[1].version,
  ]);
  expect(Object.fromEntries(installed)).toEqual(manifest.overrides);
});

test('every install script among the dependencies has been decided on', () => {
  const undecided = Object.entries(lockfile.packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length))
    .filter((name) => name !== 'fsevents' && !(name in manifest.allowScripts));
  expect(undecided).toEqual([]);
});
