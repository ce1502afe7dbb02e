/** The generated workflows are current, lint clean, and are walked to the picture by a runner that is not ours. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { workflows } from '../../scripts/generate/workflows.js';
import { contractFile, vendorIds } from '../../specs/index.gen.js';
import { arazzoOf } from '../../src/contract/arazzo.js';
import type { Contract } from '../../src/contract/contract.js';
import { loadContract } from '../../src/contract/load-contract.js';
import { type RunningMock, startMock } from '../../src/entry/mock.js';
import { redocly } from '../support/redocly.js';
import { root } from '../support/source-tree.js';

const fifth = join(root, 'examples', 'fifth-vendor', 'openapi.yaml');
const files = [...vendorIds.map((id) => contractFile(id)), fifth];
const contracts: readonly Contract[] = await Promise.all(files.map((file) => loadContract(file)));
const polled = contracts.filter(({ poll }) => poll !== undefined).map(({ id }) => id);

let folder: string;
/** Answers at its first poll. */
let quick: RunningMock;
/** Takes a moment, so that a poll has to be repeated. */
let slow: RunningMock;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proofsheet-arazzo-'));
  quick = await startMock({ vendors: files, speed: 100_000 });
  slow = await startMock({ vendors: files, speed: 15 });
});
afterAll(async () => {
  await Promise.all([quick.close(), slow.close()]);
  await rm(folder, { recursive: true, force: true });
});

function contractOf(id: string): Contract {
  const contract = contracts.find((one) => one.id === id);
  if (contract === undefined) throw new Error(`no contract ${id}`);
  return contract;
}

/** The workflow of a contract with shorter waits, since the advice of a vendor would outlast a test. */
async function hurried(id: string): Promise<string> {
  const { file } = contractOf(id);
  const text = stringify(arazzoOf(contractOf(id), file), { aliasDuplicateObjects: false, compat: 'yaml-1.1' });
  const path = join(folder, `${id}.arazzo.yaml`);
  await writeFile(path, text.replaceAll(/retryAfter: .*/g, 'retryAfter: 0.15'));
  return path;
}

function respect(mock: RunningMock, id: string, file: string, inputs: Readonly<Record<string, string>> = {}) {
  const input = JSON.stringify({ apiKey: `sk-${id}-test`, ...inputs });
  // Respect closes every schema of an answer, ours are open on purpose; our own checks judge the answers.
  const open = ['--severity', 'SCHEMA_CHECK=off'];
  const server = `${id}=${mock.vendors[id]}`;
  return redocly('respect', file, '--verbose', ...open, '--server', server, '--input', input);
}

test('the generated workflows are current', async () => {
  const generated = await workflows(root);
  expect(generated).toHaveLength(vendorIds.length);
  for (const [path, text] of generated)
    expect(readFileSync(join(root, path), 'utf8') === text, `${path} is stale: npm run generate`).toBe(true);
});

test('they lint clean', async () => {
  const paths = vendorIds.map((id) => join(root, 'specs', id, 'workflow.arazzo.gen.yaml'));
  const { code, output } = await redocly('lint', ...paths);
  expect(output).not.toMatch(/you have \d+ warning/i);
  expect(code, output).toBe(0);
});

test.each(vendorIds)('the workflow of %s reaches a picture', async (id) => {
  const { code, output } = await respect(quick, id, join(root, 'specs', id, 'workflow.arazzo.gen.yaml'));
  expect(code, output).toBe(0);
  expect(output).toMatch(/✓ GET http:.*step fetch/);
});

test.each(polled)('the workflow of %s asks again until the task has ended', async (id) => {
  const { code, output } = await respect(slow, id, await hurried(id));
  expect(code, output).toBe(0);
  expect(output).toContain('Retrying step poll');
  expect(output).toMatch(/✓ GET http:.*step fetch/);
});

test.each(polled)('the workflow of %s stops at a task that has failed', async (id) => {
  const { code, output } = await respect(quick, id, await hurried(id), { prompt: 'A policy violation' });
  expect(code).toBe(1);
  expect(output).toMatch(/✗ GET .*step poll/);
  expect(output).not.toContain('step fetch');
});

test('the key goes to the vendor and never to the host of a result', () => {
  for (const contract of contracts) {
    const workflows = arazzoOf(contract, contract.file)?.['workflows'] as
      | { steps: Record<string, unknown>[] }[]
      | undefined;
    expect(workflows).toHaveLength(1);
    for (const step of workflows?.flatMap(({ steps }) => steps) ?? [])
      expect('parameters' in step, `${contract.id} ${String(step['stepId'])}`).toBe(step['stepId'] !== 'fetch');
  }
});
