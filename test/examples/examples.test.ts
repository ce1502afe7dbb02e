import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { vendorIds } from '../../src/entry/client.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);
const pictures = mkdtempSync(join(tmpdir(), 'proofsheet-examples-'));
afterAll(() => rmSync(pictures, { recursive: true }));

/** Runs an example as a reader would, but from the sources. */
async function runExample(name: string): Promise<string> {
  const tsconfig = join(root, 'test/examples/tsconfig.json');
  const env = { ...process.env, TSX_TSCONFIG_PATH: tsconfig, BASE_URL: undefined, TMPDIR: pictures };
  const { stdout } = await run(process.execPath, ['--import', 'tsx', join('examples', `${name}.ts`)], {
    cwd: root,
    env,
  });
  return stdout;
}

const saved = (output: string) => [...output.matchAll(/\/\S*proofsheet-[^\s,]+/g)].map(([path]) => path);

const task = String.raw`[\w-]+: saved \S+\.png\n`;
const EXPECTED: Record<string, { output: RegExp; files: number }> = {
  apimart: {
    output: /^((pending|processing) \d+%\n)*completed 100%\nsaved \S+lighthouse\.jpg, cost [\d.]+ \w+\n$/,
    files: 1,
  },
  gptimage15: {
    output: /^submitted n\w+\nnow it is \w+\n(poll \d+: \w+\n)+saved \S+fox\.png\n\d+ polls, cost 10 credits\n$/,
    files: 1,
  },
  apigo: {
    output: /^partial 0: \S+\.webp\npartial 1: \S+\.webp\ncompleted 0: \S+\.webp\n\d+ tokens\n$/,
    files: 3,
  },
  evolink: {
    output: new RegExp(`^${task}${task}cannot: size; can: .+\nfailed: content_policy_violation: .+\n$`),
    files: 2,
  },
  'all-vendors': {
    output: new RegExp(
      `^${vendorIds.map((id) => String.raw`${id}: [\d.]+ s, \d+ polls, cost \S+ \w*, \S+\n`).join('')}$`,
    ),
    files: vendorIds.length,
  },
};

test.each(Object.entries(EXPECTED))(
  'examples/%s.ts runs and prints what it did',
  async (name, { output, files }) => {
    const printed = await runExample(name);
    expect(printed).toMatch(output);
    expect(saved(printed).map(existsSync)).toEqual(Array(files).fill(true));
  },
  60_000,
);

test('no example is left out', () => {
  const programs = readdirSync(join(root, 'examples')).filter(
    (name) => name.endsWith('.ts') && !name.includes('.test.'),
  );
  // One is no program but a part of the others; one runs in a page, by `npm run test:browser`.
  const others = ['target', 'with-msw-browser'];
  expect(programs.map((name) => name.replace('.ts', '')).sort()).toEqual([...Object.keys(EXPECTED), ...others].sort());
});
