/** Every check has a page that says what it asserts, who is hurt, what proves it, and shows a finding that it made. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exampleSection } from '../../scripts/generate/check-example.js';
import { checks } from '../../src/conformance/checks/index.gen.js';
import { contracts } from '../specs/contracts.js';
import { root } from '../support/source-tree.js';

const pageOf = (id: string) => readFileSync(join(root, 'docs', 'checks', `${id}.md`), 'utf8');

test('there is a page for each check and for nothing else: delete the page with its check', () => {
  expect(readdirSync(join(root, 'docs', 'checks')).sort()).toEqual(checks.map(({ id }) => `${id}.md`).sort());
});

test('the index leads to each', () => {
  const index = readFileSync(join(root, 'docs', 'checks.md'), 'utf8');
  expect(checks.filter(({ id }) => !index.includes(`](checks/${id}.md)`)).map(({ id }) => id)).toEqual([]);
});

describe('a page tells everything about its check', () => {
  test.each(checks.map((check) => [check.id, check] as const))('%s', (id, check) => {
    const page = pageOf(id);
    expect(page).toContain(`**${check.title}.**`);
    expect(page).toContain(check.rationale);
    for (const fact of check.facts) expect(page).toContain(`| **${fact}** |`);
    for (const fault of check.faults) expect(page).toContain(`(../faults.md#${fault})`);
    for (const code of check.codes ?? []) expect(page).toContain(`- ${code} `);
    expect(page).toMatch(/proofsheet mock \S+( --dialect \S+)? --fault \S+\nproofsheet check /);
    expect(page).toMatch(/> \*\*(error|warning|note)\*\*: \S/);
    expect(page).toContain('curl -sS');
    expect(page).not.toMatch(/sk-\w+-(test|other|poor)/);
  });
});

describe('what a page shows is what a run finds', () => {
  test.each(['size-honoured', 'allow-present', 'callback-signed', 'stream-events'])('%s', async (id) => {
    const check = checks.find((one) => one.id === id);
    const section = check === undefined ? [] : await exampleSection(check, contracts);
    expect(section.length).toBeGreaterThan(5);
    expect(pageOf(id)).toContain(section.join('\n\n'));
  });
});
