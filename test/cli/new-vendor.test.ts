import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scaffoldVendor } from '../../src/cli/new-vendor-scaffold.js';
import { loadContract } from '../../src/contract/load-contract.js';
import { explainFacts } from '../../src/entry/explain.js';
import { judgeMock } from '../support/judge.js';
import { redocly } from '../support/redocly.js';
import { root } from '../support/source-tree.js';

let folder: string;
let checkout: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proofsheet-vendor-'));
  checkout = join(folder, 'checkout');
  mkdirSync(join(checkout, 'specs'), { recursive: true });
  writeFileSync(join(checkout, 'package.json'), '{ "name": "proofsheet" }');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('elsewhere it is one file, which lints clean and whose mock is conformant', async () => {
  expect(scaffoldVendor('acme-pictures', folder).files).toEqual(['acme-pictures.yaml']);
  const file = join(folder, 'acme-pictures.yaml');
  const { code, output } = await redocly('lint', file, '--config', join(root, 'specs', 'redocly.yaml'));
  expect(output).not.toMatch(/you have \d+ warning/i);
  expect(code, output).toBe(0);
  const report = await judgeMock(file);
  expect(report.findings).toEqual([]);
  expect(report.verdict).toBe('conformant');
  expect((await judgeMock(file, ['wrong-size'])).verdict).toBe('violations');
});

test('every fact of it is named at a place, and every named fact exists', async () => {
  const contract = await loadContract(join(folder, 'acme-pictures.yaml'));
  const own = explainFacts(contract).filter(({ id }) => id.startsWith('V'));
  expect(own.length).toBeGreaterThan(5);
  expect(own.filter(({ stated }) => stated.length === 0)).toEqual([]);
});

test('nothing of the template is left, and the commands in it name the file', async () => {
  const text = await readFile(join(folder, 'acme-pictures.yaml'), 'utf8');
  expect(text).not.toMatch(/\bID\b|_COMMAND/);
  expect(text).toContain('npx proofsheet mock ./acme-pictures.yaml');
});

test('in a checkout it is a folder of specs, with notes and the first example', async () => {
  const { files } = scaffoldVendor('acme', checkout);
  expect(files).toEqual([
    'specs/acme/openapi.yaml',
    'specs/acme/NOTES.md',
    'specs/acme/examples/request-first-call.json',
  ]);
  const contract = await loadContract(join(checkout, 'specs', 'acme', 'openapi.yaml'));
  const { operation, body } = JSON.parse(await readFile(join(checkout, files[2] ?? ''), 'utf8')) as {
    operation: string;
    body: unknown;
  };
  const schema = contract.operations.find(({ id }) => id === operation)?.request['application/json'];
  expect(contract.violations(schema ?? '', body)).toEqual([]);
});

test('what exists is left as it is', async () => {
  const before = await readFile(join(folder, 'acme-pictures.yaml'), 'utf8');
  expect(() => scaffoldVendor('acme-pictures', folder)).toThrow(/acme-pictures\.yaml exists already/);
  expect(() => scaffoldVendor('acme', checkout)).toThrow(/specs\/acme exists already/);
  expect(await readFile(join(folder, 'acme-pictures.yaml'), 'utf8')).toBe(before);
});

test.each(['Acme', 'acme_pictures', '../acme', 'acme-', '1acme', '', 'a b', 'openapi', 'evolink'])(
  'the id %j is refused',
  (id) => {
    expect(() => scaffoldVendor(id, folder)).toThrow(expect.objectContaining({ name: 'UsageError' }));
  },
);

test('the command says what it wrote and what comes next', async () => {
  const args = [
    '--import',
    import.meta.resolve('tsx'),
    join(root, 'src', 'cli', 'main.ts'),
    'new-vendor',
    'by-command',
  ];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number];
  expect(output).toMatch(/^wrote by-command\.yaml\n\nIt can be mocked and checked as it is:\n {2}npx proofsheet mock/);
  expect(code).toBe(0);
});
