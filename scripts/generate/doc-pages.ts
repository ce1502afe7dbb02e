import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { commonFacts } from '../../src/contract/common-facts.js';
import { severityOfMark } from '../../src/core/facts.js';
import type { Generated } from '../generate.js';
import { pageHeader } from './header.js';
import { camelCase } from './names.js';
import { answerOracles, taskOracles } from './oracles.js';
import { checkRegistry, faultRegistry, registered } from './registries.js';

/** What checks and faults have in common; a check also names the faults that prove it. */
interface Documented {
  readonly id: string;
  readonly title: string;
  readonly rationale: string;
  readonly facts: readonly string[];
  readonly faults?: readonly string[];
}

async function load(root: string, registry: typeof faultRegistry): Promise<Documented[]> {
  return Promise.all(
    registered(root, registry).map(async (name) => {
      const url = pathToFileURL(join(root, registry.folder, `${name}.ts`)).href;
      const module = (await import(url)) as Record<string, Documented>;
      const entry = module[camelCase(name)];
      if (entry === undefined) throw new Error(`${registry.folder}/${name}.ts does not export ${camelCase(name)}`);
      return entry;
    }),
  );
}

const list = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(', ');

function factsLine(facts: readonly string[]): string {
  return facts.length === 0
    ? 'Facts: those that the contract gives to the place in question.'
    : `Facts: ${list(facts)}.`;
}

function section(entry: Documented, lines: readonly string[]): string {
  return [`## ${entry.id}`, `**${entry.title}**`, entry.rationale, ...lines].join('\n\n');
}

function page(title: string, introduction: string, sections: readonly string[]): string {
  return `${[`${pageHeader}\n# ${title}`, introduction, ...sections].join('\n\n')}\n`;
}

/** Which facts a check can cite, and how grave a violation is. */
function gravityLines(facts: readonly string[]): string[] {
  const common = facts.flatMap((id) => commonFacts.find((fact) => fact.id === id) ?? []);
  const graded = common.map(({ id, mark }) => `\`${id}\` ${severityOfMark(mark)}`);
  const stated = 'what the contract states by its own marks (see [the facts](facts.md))';
  return [`Severity: ${[...graded, stated].join(', ')}.`];
}

/** The known kinds of defects that a check is there for. */
function oracleLine(check: string): string[] {
  const known = [...answerOracles, ...taskOracles].filter(({ checks }) => checks.includes(check));
  if (known.length === 0) return [];
  const codes = [...new Set(known.flatMap((oracle) => oracle.codes ?? []))];
  const named = known.map(({ id }) => `[${id}](oracles.md)`).join(', ');
  return [`Looks for: ${named}${codes.length === 0 ? '' : ` (fault codes ${codes.join(', ')})`}.`];
}

/** The pages of checks and faults, from their own words. */
export async function docPages(root: string): Promise<Generated[]> {
  const [checks, faults] = await Promise.all([load(root, checkRegistry), load(root, faultRegistry)]);
  const provedBy = (fault: string) => checks.filter((check) => check.faults?.includes(fault)).map(({ id }) => id);
  const pages: Generated[] = [];
  if (checks.length > 0)
    pages.push([
      'docs/checks.md',
      page(
        'Checks',
        'What `proofsheet check` judges, and why. Each check is proved by the faults of the mock that it finds.',
        checks.map((check) =>
          section(check, [
            factsLine(check.facts),
            ...gravityLines(check.facts),
            ...((check.faults ?? []).length === 0 ? [] : [`Proved by: ${list(check.faults ?? [])}.`]),
            ...oracleLine(check.id),
            `Alone: \`--only ${check.id}\`. Without it: \`--skip ${check.id}\`.`,
          ]),
        ),
      ),
    ]);
  if (faults.length > 0)
    pages.push([
      'docs/faults.md',
      page(
        'Faults',
        'What the mock can be told to do wrong, and whom a server like that hurts.',
        faults.map((fault) => {
          const found = provedBy(fault.id);
          return section(fault, [factsLine(fault.facts), ...(found.length === 0 ? [] : [`Found by: ${list(found)}.`])]);
        }),
      ),
    ]);
  return pages;
}
