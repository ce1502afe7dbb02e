import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { commonFacts } from '../../src/contract/common-facts.js';
import { severityOfMark } from '../../src/core/facts.js';
import type { Generated } from '../generate.js';
import { pageHeader } from './header.js';
import { camelCase } from './names.js';
import { answerOracles, taskOracles } from './oracles.js';
import { checkRegistry, registered } from './registries.js';

interface DocumentedCheck {
  readonly id: string;
  readonly title: string;
  readonly rationale: string;
  readonly facts: readonly string[];
  /** The faults that prove it. */
  readonly faults?: readonly string[];
  readonly codes?: readonly string[];
}

async function load(root: string): Promise<DocumentedCheck[]> {
  return Promise.all(
    registered(root, checkRegistry).map(async (name) => {
      const url = pathToFileURL(join(root, checkRegistry.folder, `${name}.ts`)).href;
      const module = (await import(url)) as Record<string, DocumentedCheck>;
      const entry = module[camelCase(name)];
      if (entry === undefined) throw new Error(`${checkRegistry.folder}/${name}.ts does not export ${camelCase(name)}`);
      return entry;
    }),
  );
}

const list = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(', ');

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
  const named = known.map(({ id }) => `[${id}](oracles.md)`).join(', ');
  return [`Looks for: ${named}.`];
}

function section(check: DocumentedCheck): string {
  const { id, title, rationale, facts, faults = [], codes = [] } = check;
  return [
    `## ${id}`,
    `**${title}**`,
    rationale,
    facts.length === 0 ? 'Facts: those that the contract gives to the place in question.' : `Facts: ${list(facts)}.`,
    ...gravityLines(facts),
    ...(faults.length === 0 ? [] : [`Proved by: ${list(faults)}.`]),
    ...oracleLine(id),
    ...(codes.length === 0
      ? []
      : [`Codes of the [public list](oracles.md#codes-of-the-public-list): ${codes.join(', ')}.`]),
    `Alone: \`--only ${id}\`. Without it: \`--skip ${id}\`.`,
  ].join('\n\n');
}

/** The page of checks, from their own words. */
export async function docPages(root: string): Promise<Generated[]> {
  const checks = await load(root);
  if (checks.length === 0) return [];
  const introduction =
    'What `proofsheet check` judges, and why. Each check is proved by the faults of the mock that it finds.';
  return [['docs/checks.md', `${[`${pageHeader}\n# Checks`, introduction, ...checks.map(section)].join('\n\n')}\n`]];
}
