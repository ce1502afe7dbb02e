/** What is loaded before anything is asked for: every command would pay for it. */
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { parseSource, root } from '../support/source-tree.js';

/** Packages that a file loads at once, itself and through what it imports; imports inside functions do not count. */
function packagesOf(entry: string): string[] {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const walk = (path: string) => {
    if (seen.has(path) || !existsSync(join(root, path))) return;
    seen.add(path);
    for (const statement of parseSource(path, readFileSync(join(root, path), 'utf8')).tree.statements) {
      const imports = ts.isImportDeclaration(statement) && !isTypeOnly(statement.importClause);
      const exports = ts.isExportDeclaration(statement) && !statement.isTypeOnly;
      if (!imports && !exports) continue;
      const { moduleSpecifier } = statement;
      if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) continue;
      const { text } = moduleSpecifier;
      if (text.startsWith('.')) walk(posix.join(posix.dirname(path), text).replace(/\.js$/, '.ts'));
      else if (!text.startsWith('node:')) packages.add(text);
    }
  };
  walk(entry);
  return [...packages].sort();
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  const names = clause.namedBindings;
  const each = names !== undefined && ts.isNamedImports(names) && names.elements.every(({ isTypeOnly: only }) => only);
  return clause.isTypeOnly || (clause.name === undefined && each);
}

test('the command line loads nothing but its parser before a command runs', () => {
  expect(packagesOf('src/cli/main.ts')).toEqual(['yargs', 'yargs/helpers']);
});

test('the poller, and a contract that was bundled, need no package at all', () => {
  expect(packagesOf('src/entry/poller.ts')).toEqual([]);
  expect(packagesOf('src/entry/contracts.ts')).toEqual([]);
});
