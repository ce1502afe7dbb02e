import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Generated } from '../generate.js';
import { pageHeader } from './header.js';
import { camelCase } from './names.js';
import { checkRegistry, registered } from './registries.js';

interface DocumentedCheck {
  readonly id: string;
  readonly title: string;
  readonly rationale: string;
  readonly facts: readonly string[];
  /** The faults that prove it. */
  readonly faults?: readonly string[];
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

function section({ id, title, rationale, facts, faults = [] }: DocumentedCheck): string {
  return [
    `## ${id}`,
    `**${title}**`,
    rationale,
    facts.length === 0 ? 'Facts: those that the contract gives to the place in question.' : `Facts: ${list(facts)}.`,
    ...(faults.length === 0 ? [] : [`Proved by: ${list(faults)}.`]),
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
