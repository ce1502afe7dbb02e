import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Check } from '../../src/conformance/check.js';
import type { Contract } from '../../src/contract/contract.js';
import { severityOfMark } from '../../src/core/facts.js';
import { faultCategories, faultTaxonomy } from '../../src/core/fault-taxonomy.js';
import type { Generated } from '../generate.js';
import { pageHeader } from './header.js';
import { camelCase, vendorFolders } from './names.js';
import { answerOracles, taskOracles } from './oracles.js';
import { checkRegistry, registered } from './registries.js';

async function load(root: string): Promise<Check[]> {
  return Promise.all(
    registered(root, checkRegistry).map(async (name) => {
      const url = pathToFileURL(join(root, checkRegistry.folder, `${name}.ts`)).href;
      const module = (await import(url)) as Record<string, Check>;
      const entry = module[camelCase(name)];
      if (entry === undefined) throw new Error(`${checkRegistry.folder}/${name}.ts does not export ${camelCase(name)}`);
      return entry;
    }),
  );
}

const cell = (text: string) =>
  text.replaceAll('|', '\\|').replaceAll(/[<>]/g, (mark) => (mark === '<' ? '&lt;' : '&gt;'));
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

interface FactRow {
  readonly id: string;
  readonly mark: Parameters<typeof severityOfMark>[0];
  readonly says: string;
  readonly vendors: string[];
}

/** Every fact that the check looks at, with the vendors whose contracts state it so. */
function factRows(check: Check, contracts: readonly Contract[]): FactRow[] {
  const rows = new Map<string, FactRow>();
  for (const contract of contracts) {
    const looksAt = new Set([...check.facts, ...(check.covers?.(contract) ?? [])]);
    for (const { id, mark, says } of [...contract.facts.values()].filter((fact) => looksAt.has(fact.id))) {
      const key = `${id} ${mark} ${says}`;
      const row = rows.get(key) ?? { id, mark, says, vendors: [] };
      row.vendors.push(contract.id);
      rows.set(key, row);
    }
  }
  return [...rows.values()].sort((one, other) => one.id.localeCompare(other.id, 'en', { numeric: true }));
}

function factSection(check: Check, contracts: readonly Contract[]): string[] {
  const rows = factRows(check, contracts).map(({ id, mark, says, vendors }) => [
    `**${id}**`,
    cell(says),
    mark,
    severityOfMark(mark),
    vendors.length === contracts.length ? 'all' : vendors.join(', '),
  ]);
  return [
    '## What is promised, and how grave it is to break it',
    'Whoever makes a promise decides how grave it is ([the marks](../facts.md)); a finding has the severity of the gravest fact that it breaks.',
    table(['fact', 'says', 'mark', 'severity', 'vendors'], rows),
  ];
}

/** The public list of faults, and the known kinds of defects that a check is there for. */
function knownAs({ id, codes = [] }: Check): string[] {
  const kinds = [...answerOracles, ...taskOracles].filter(({ checks }) => checks.includes(id));
  const lines = [
    ...kinds.map((kind) => `- ${kind.id}: ${kind.asserts} ([kinds of defects](../oracles.md))`),
    ...codes.map(
      (code) =>
        `- ${code} \`${faultCategories[code][0]}\`: ${faultCategories[code][1]} (${faultTaxonomy.fullName} ${faultTaxonomy.version})`,
    ),
  ];
  return lines.length === 0 ? [] : ['## Known as', lines.join('\n')];
}

async function page(
  check: Check,
  contracts: readonly Contract[],
  titles: ReadonlyMap<string, string>,
): Promise<string> {
  // Imported late, like the contracts: it starts mocks, which read registries that the generator may only now have written.
  const { exampleSection } = await import('./check-example.js');
  const { id, title, rationale, faults } = check;
  const blocks = [
    `${pageHeader}\n# ${id}`,
    `**${title}.**`,
    `Who is hurt: ${rationale}`,
    ...factSection(check, contracts),
    '## Proved by',
    'Faults of the mock that it must find:',
    faults.map((fault) => `- [${fault}](../faults.md#${fault}): ${titles.get(fault) ?? ''}`).join('\n'),
    ...knownAs(check),
    '## Alone, or not at all',
    `\`\`\`sh\nproofsheet check <vendor> --only ${id}\nproofsheet check <vendor> --skip ${id}\n\`\`\``,
    ...(await exampleSection(check, contracts)),
    '[All checks](../checks.md)',
  ];
  return `${blocks.join('\n\n')}\n`;
}

function index(checks: readonly Check[]): string {
  const rows = checks.map(({ id, title, rationale, codes = [] }) => [
    `[${id}](checks/${id}.md)`,
    cell(title),
    cell(rationale),
    codes.join(' '),
  ]);
  return `${pageHeader}
# Checks

What \`proofsheet check\` judges. Each has a page: the promises that it looks at with their severities, the faults that prove
it, and a finding that it really made. Codes are those of [the public list of faults](oracles.md#codes-of-the-public-list).

${table(['check', 'asserts', 'who is hurt otherwise', 'codes'], rows)}
`;
}

/** A page per check, from its own words and from a run of it, and the index of them. */
export async function checkPages(root: string): Promise<Generated[]> {
  const checks = await load(root);
  if (checks.length === 0) return [];
  const [{ faults }, { resolveContract }] = await Promise.all([
    import('../../mocks/faults/index.gen.js'),
    import('../../src/entry/contracts.js'),
  ]);
  const titles = new Map(faults.map(({ id, title }) => [id, title]));
  const contracts = await Promise.all(vendorFolders(root).map((vendor) => resolveContract(vendor)));
  const pages: Generated[] = [['docs/checks.md', index(checks)]];
  for (const check of checks) pages.push([`docs/checks/${check.id}.md`, await page(check, contracts, titles)]);
  return pages;
}
