/** Every dialect is a whole contract: it loads, lints, and keeps its own promises. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { contractFile, vendorIds } from '../../specs/index.gen.js';
import { renderAnswer } from '../../src/contract/answer-shape.js';
import type { Contract } from '../../src/contract/contract.js';
import { dialectNames } from '../../src/contract/dialects.js';
import { loadContract } from '../../src/contract/load-contract.js';
import { resolveContracts } from '../../src/entry/contracts.js';
import { root } from '../support/source-tree.js';
import { answerSchema, submitsOf } from './contracts.js';
import { phasesOf } from './views.js';

const dialects = await Promise.all(
  vendorIds.flatMap(async (vendor) =>
    Promise.all(
      (await dialectNames(contractFile(vendor))).map(async (name) => ({
        title: `${vendor}=${name}`,
        vendor,
        name,
        contract: await loadContract(contractFile(vendor), { dialect: name }),
      })),
    ),
  ),
).then((lists) => lists.flat());

const folder = mkdtempSync(join(tmpdir(), 'proofsheet-dialects-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('every contract has dialects', () => {
  expect(new Set(dialects.map(({ vendor }) => vendor))).toEqual(new Set(vendorIds));
});

test('all of them lint clean once applied', () => {
  const files = dialects.map(({ title, contract }) => {
    const file = join(folder, title.replace('=', '-'), 'openapi.json');
    mkdirSync(join(folder, title.replace('=', '-')));
    writeFileSync(file, JSON.stringify(contract.document));
    return file;
  });
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  const redocly = join(root, 'node_modules/.bin/redocly');
  const lint = spawnSync(redocly, ['lint', ...files, '--config', join(root, 'specs/redocly.yaml')], { env });
  expect(lint.status, String(lint.stdout) + String(lint.stderr)).toBe(0);
}, 60_000);

/** Names of the facts that a dialect adds. */
function ownFacts(vendor: Contract, dialect: Contract): string[] {
  const known = new Set(Object.keys(vendor.document['x-facts'] ?? {}));
  return Object.keys(dialect.document['x-facts'] ?? {}).filter((id) => !known.has(id));
}

describe.each(dialects)('$title', ({ vendor, name, contract }) => {
  test('states its facts, each with evidence, at the places that it changes', async () => {
    const plain = await loadContract(contractFile(vendor));
    const own = ownFacts(plain, contract);
    const text = JSON.stringify({ ...contract.document, 'x-facts': undefined });
    for (const id of own) {
      expect(contract.facts.get(id)?.evidence.length, id).toBeGreaterThan(0);
      expect(text, `${id} is named nowhere`).toContain(`"${id}"`);
    }
    // A reading that the documented contract already allows needs none of its own.
    expect(own.length > 0 || name === 'unknown-task-404').toBe(true);
  });

  test('is named by the fact that lists the dialects, and in the notes', async () => {
    const plain = await loadContract(contractFile(vendor));
    expect([...plain.facts.values()].some(({ says }) => new RegExp(`dialect:.*\\b${name}\\b`).test(says))).toBe(true);
    expect(readFileSync(join(root, 'specs', vendor, 'NOTES.md'), 'utf8')).toContain(`\`${name}\``);
  });

  test('promises what its task block makes the mock write', () => {
    for (const operation of submitsOf(contract)) {
      const { task } = operation;
      const schema = contract.poll === undefined ? undefined : answerSchema(contract.poll, 200);
      for (const phase of schema === undefined ? [] : phasesOf(task)) {
        const failure = task.failures?.moderation;
        const body = renderAnswer(
          task.poll?.answer ?? {},
          {
            id: (task.id?.template ?? '').replace('{unix}', '1757156493').replace(/\{\w+:\d+\}/, '0123abcd'),
            phase,
            progress: phase === 'succeeded' ? 100 : 0,
            model: 'any',
            createdAt: 1_757_156_493_000,
            finishedAt: 1_757_156_503_000,
            etaSeconds: 10,
            elapsedSeconds: 10,
            cost: phase === 'failed' || phase === 'cancelled' ? 0 : (task.price?.amount ?? 0),
            results: phase === 'succeeded' ? [{ url: 'http://127.0.0.1/1.png', expiresAt: 1_757_156_503_000 }] : [],
            ...(phase === 'failed' ? { error: failure as object } : {}),
            request: { prompt: 'any' },
          },
          task.status?.words,
        );
        expect(contract.violations(schema ?? '', body), phase).toEqual([]);
      }
    }
  });
});

test.each(vendorIds)(
  'two dialects of %s at once load, or say which action has nothing left to change',
  async (vendor) => {
    const file = contractFile(vendor);
    const names = await dialectNames(file);
    // Two readings at once are nobody's page: what they are together need not be free of contradictions.
    for (const first of names)
      for (const second of names.filter((name) => name !== first))
        await loadContract(file, { dialect: [first, second], shipped: true }).then(
          ({ dialects: applied }) => expect(applied).toEqual([first, second]),
          (error: Error) => expect(error.message).toContain(`dialects/${second}.yaml is not a usable contract`),
        );
  },
);

test('a dialect is chosen by its name, or by vendor and name; others are told with the known ones', async () => {
  const plain = await resolveContracts(['apimart', 'evolink'], ['url-string', 'evolink=cancelled']);
  expect(plain.map((contract) => contract.dialects)).toEqual([['url-string'], ['cancelled']]);
  await expect(resolveContracts(['evolink'], ['url-string'])).rejects.toThrow(
    'Unknown dialect "url-string": known are evolink: cancelled, default-model',
  );
  await expect(resolveContracts(['evolink'], ['apimart=url-string'])).rejects.toThrow(
    '--dialect apimart=url-string speaks of "apimart", which is not served: evolink',
  );
});

test('a name that two vendors have needs the vendor', async () => {
  const files = ['one', 'two'].map((vendor) => {
    mkdirSync(join(folder, vendor, 'dialects'), { recursive: true });
    const file = join(folder, vendor, 'openapi.yaml');
    writeFileSync(file, "openapi: 3.1.0\ninfo: { title: Any, version: '1' }\npaths: {}\n");
    const overlay =
      "overlay: 1.0.0\ninfo: { title: Any, version: '1' }\nactions: [{ target: $.info, update: { title: B } }]\n";
    writeFileSync(join(folder, vendor, 'dialects', 'same.yaml'), overlay);
    return file;
  });
  await expect(resolveContracts(files, ['same'])).rejects.toThrow(
    'Several vendors have a dialect same: say which, as one=same or two=same',
  );
  const [one, two] = await resolveContracts(files, ['two=same']);
  expect([one?.title, two?.title]).toEqual(['Any', 'B']);
  await expect(loadContract(files[0] ?? '', { dialect: 'other' })).rejects.toThrow(
    'no dialect "other": known are same',
  );
});
