/** Links of every page lead to files that exist, and to headings that these have. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../support/source-tree.js';

const below = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
const pages = [...readdirSync(root), ...['docs', 'specs', 'src', 'mocks', 'examples', 'test'].flatMap(below)]
  .filter((path) => path.endsWith('.md') && !path.includes('golden'))
  .sort();

/** What stands between fences is text of others, no markup. */
function markupOf(path: string): string {
  return readFileSync(join(root, path), 'utf8').replaceAll(/^(`{3,})[^`\n]*\n[\s\S]*?^\1$/gm, '');
}

/** A heading as code hosts name it in an address. */
function anchorOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}

const anchors = new Map<string, ReadonlySet<string>>();
function anchorsOf(path: string): ReadonlySet<string> {
  const found =
    anchors.get(path) ??
    new Set([...markupOf(path).matchAll(/^#{1,6} (.*)$/gm)].map(([, text]) => anchorOf(text ?? '')));
  anchors.set(path, found);
  return found;
}

function leadsNowhere(from: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const path = file === '' ? from : normalize(join(dirname(from), file));
  if (!existsSync(join(root, path))) return true;
  if (anchor === undefined || anchor === '' || !statSync(join(root, path)).isFile() || !path.endsWith('.md'))
    return false;
  return !anchorsOf(path).has(anchor);
}

test('there are pages to look at', () => {
  expect(pages).toEqual(expect.arrayContaining(['README.md', 'docs/checks.md', 'docs/checks/size-honoured.md']));
});

test.each(pages)('%s', (path) => {
  const links = [...markupOf(path).matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].map(([, link]) => link ?? '');
  expect(links.filter((link) => leadsNowhere(path, link))).toEqual([]);
});

test('a wrong file and a wrong heading would be noticed', () => {
  expect(leadsNowhere('README.md', 'docs/nothing.md')).toBe(true);
  expect(leadsNowhere('README.md', 'docs/oracles.md#nothing')).toBe(true);
  expect(leadsNowhere('README.md', 'docs/oracles.md#on-whole-tasks')).toBe(false);
});
