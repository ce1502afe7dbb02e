/** What the pages say is what the product does: generated pages are current, and the written ones name what exists. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { controlPage } from '../../scripts/generate/control-page.js';
import { factsPage } from '../../scripts/generate/facts-page.js';
import { taskSchema } from '../../scripts/generate/task-schema.js';
import { asyncTaskSchema } from '../../src/contract/async-task.js';
import { loadContract } from '../../src/contract/load-contract.js';
import { getAt } from '../../src/core/pointer.js';
import { explainFacts } from '../../src/entry/explain.js';
import { contracts } from '../specs/contracts.js';
import { root } from '../support/source-tree.js';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const fifth = 'examples/fifth-vendor/openapi.yaml';

test('the pages of facts and of the control API and the published schema are current', async () => {
  for (const [path, text] of [...(await factsPage(root)), ...(await controlPage(root)), ...(await taskSchema())])
    expect(existsSync(join(root, path)) && read(path) === text, `${path} is stale: npm run generate`).toBe(true);
});

describe('the page of facts', () => {
  const page = read('docs/facts.md');

  test.each(contracts.map(({ id }) => id))('has a row for every fact of %s, with its sentence', (id) => {
    const contract = contracts.find((one) => one.id === id);
    const section = page.split(`\n## ${id}\n`)[1]?.split('\n## ')[0] ?? '';
    const facts = contract === undefined ? [] : explainFacts(contract);
    const own = facts.filter((fact) => contract?.document['x-facts']?.[fact.id] !== undefined);
    expect(own.filter((fact) => !section.includes(`| **${fact.id}** |`)).map((fact) => fact.id)).toEqual([]);
    expect(section.split('\n').filter((line) => line.startsWith('| **'))).toHaveLength(own.length);
  });

  test('every row has eight cells', () => {
    const rows = page.split('\n').filter((line) => line.startsWith('| **') && !line.startsWith('| **together'));
    expect(rows.filter((row) => row.split(/(?<!\\)\|/).length !== 10)).toEqual([]);
  });
});

describe('the published schema of x-async-task', () => {
  const schema = JSON.parse(read('docs/x-async-task.schema.json')) as object;
  const validate = new Ajv2020({ strict: false }).compile(schema);

  test('accepts every block of every contract', async () => {
    for (const contract of [...contracts, await loadContract(join(root, fifth))])
      for (const { id, pointer } of contract.operations.filter(({ task }) => task !== undefined)) {
        const block = getAt(contract.document, `${pointer}/x-async-task`);
        expect(validate(block), `${contract.id} ${id} ${JSON.stringify(validate.errors?.slice(0, 3))}`).toBe(true);
      }
  });

  test('refuses what the product refuses', async () => {
    const { document, submit } = await loadContract(join(root, fifth));
    const block = getAt(document, `${submit?.pointer}/x-async-task`) as Record<string, unknown>;
    for (const wrong of [
      { ...block, mode: 'wait' },
      { ...block, unknown: true },
      { ...block, answer: undefined },
      { ...block, request: { prompt: 'text' } },
      { ...block, status: { words: { READY: 'done' } } },
    ]) {
      const plain = JSON.parse(JSON.stringify(wrong)) as unknown;
      expect(asyncTaskSchema.safeParse(plain).success).toBe(false);
      expect(validate(plain)).toBe(false);
    }
  });
});

describe('the reference of x-async-task', () => {
  const page = read('docs/x-async-task.md');

  test('names every key of the block, every meaning and every way of writing', () => {
    const schema = read('docs/x-async-task.schema.json');
    const words = [...schema.matchAll(/"((?:results?|error|usage)\.\w+|[a-z]+-[a-z0-9-]*[a-z0-9])"/g)].map(
      ([, word]) => word,
    );
    const named = [...Object.keys(asyncTaskSchema.shape), ...words.filter((word) => !word?.includes('x-async-task'))];
    expect([...new Set(named)].filter((word) => !page.includes(`\`${word}\``))).toEqual([]);
  });

  test('its examples are parts of the example contract', () => {
    const contract = read(fifth);
    const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block]) => block ?? '');
    expect(blocks.length).toBeGreaterThan(2);
    for (const block of blocks) expect(contract).toContain(block);
  });
});

describe.each(['docs/x-async-task.md', 'docs/new-vendor.md'])('%s', (path) => {
  const page = read(path);

  test('names commands that exist', () => {
    const commands = [...page.matchAll(/npx proofsheet (\S+)/g)].map(([, command]) => command ?? '');
    expect(commands.length).toBeGreaterThan(0);
    for (const command of new Set(commands))
      expect(existsSync(join(root, 'src', 'cli', `${command}.ts`)), command).toBe(true);
  });
});
