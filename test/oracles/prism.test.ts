import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { vendorIds } from '../../specs/index.gen.js';
import type { Oracle } from '../../src/conformance/oracle/oracle.js';
import { secondOpinion } from '../../src/conformance/oracle/second-opinion.js';
import { resolveContract } from '../../src/entry/contracts.js';
import { createPrismOracle } from '../../src/entry/prism-oracle.js';
import { judgeMock } from '../support/judge.js';

test.each(vendorIds)('Prism comes to our verdict on every request and answer of a check of %s', async (vendor) => {
  const contract = await resolveContract(vendor);
  const prism = await createPrismOracle(contract.document, process.cwd());
  const { exchanges } = await judgeMock(vendor);

  const opinion = secondOpinion(contract, prism, exchanges);

  expect(opinion.disagreements).toEqual([]);
  expect(opinion.agreed).toBe(opinion.judged);
  expect(opinion.judged).toBeGreaterThan(60);
  expect(opinion.notJudged).not.toHaveProperty(['prism accepts a body that is wrong on purpose']);
});

test('Prism, too, has something against answers with a field missing', async () => {
  const contract = await resolveContract('evolink');
  const prism = await createPrismOracle(contract.document, process.cwd());
  const { exchanges, findings } = await judgeMock('evolink', ['missing-field']);
  const shown = new Set(
    findings.filter(({ check }) => check === 'body-schema').flatMap(({ evidence }) => evidence.exchanges),
  );

  const opinion = secondOpinion(contract, prism, exchanges);

  expect(shown.size).toBeGreaterThan(0);
  expect(opinion.disagreements.filter(({ exchange }) => shown.has(exchange))).toEqual([]);
});

test('what another judge sees otherwise is listed beside our verdict; one that sees nothing at all is not believed', async () => {
  const contract = await resolveContract('evolink');
  const { exchanges } = await judgeMock('evolink');
  const strict: Oracle = { name: 'strict', version: '1', answer: () => ['body: too short'], request: () => [] };
  const asleep: Oracle = { ...strict, name: 'asleep', answer: () => [] };

  const { disagreements } = secondOpinion(contract, strict, exchanges);
  expect(disagreements.find(({ side }) => side === 'answer')).toMatchObject({ ours: [], theirs: ['body: too short'] });
  expect(disagreements.find(({ side }) => side === 'request')?.ours).not.toEqual([]);

  const blind = secondOpinion(contract, asleep, exchanges);
  expect(blind.notJudged['asleep accepts a body that is wrong on purpose']).toBeGreaterThan(20);
});

test('a Prism of another line is not asked: the message says which one was tried', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'other-prism-'));
  const place = (name: string, version: string) => {
    const at = join(folder, 'node_modules', name);
    return mkdir(at, { recursive: true }).then(() =>
      writeFile(join(at, 'package.json'), JSON.stringify({ name, version })),
    );
  };
  try {
    await place('@stoplight/prism-cli', '5.14.2');
    await place('@stoplight/prism-core', '5.8.0');
    await place('@stoplight/prism-http', '5.16.0');
    const { document } = await resolveContract('evolink');
    await expect(createPrismOracle(document, folder)).rejects.toThrow(
      /was tried with .*prism-http@5\.12\.0; found @stoplight\/prism-http@5\.16\.0\. Pin them with "overrides"/,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});
