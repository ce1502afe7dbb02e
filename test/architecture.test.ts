/** The import table and the bans that keep vendors data, time an argument and judges apart from what they judge. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import {
  importsOf,
  isGlobalReference,
  lineOf,
  parseSource,
  readSources,
  root,
  type SourceText,
  visit,
} from './support/source-tree.js';

const LARGEST_FILE = 250;

/** Who may import whom; every module may import itself. */
const IMPORT_TABLE: Readonly<Record<string, readonly string[] | 'all'>> = {
  'src/core': [],
  'src/platform': ['src/core'],
  'src/contract': ['src/core'],
  specs: ['src/core'],
  mocks: ['src/core', 'src/platform', 'src/contract'],
  'src/client': ['src/core', 'src/platform', 'src/contract'],
  'src/conformance': ['src/core', 'src/platform', 'src/contract'],
  'src/witness': ['src/core', 'src/platform', 'src/contract'],
  'src/load': ['src/core', 'src/platform', 'src/contract'],
  'src/report': ['src/core'],
  'src/entry': 'all',
  'src/cli': 'all',
};

/** Files that may reach for the world outside src/platform, each for one thing only. */
const EXCEPTIONS: readonly { readonly file: string; readonly use: string; readonly reason: string }[] = [
  { file: 'mocks/adapters/node-http.ts', use: 'node:http', reason: 'the mock listens on a real socket here only' },
];

const NETWORK_MODULES = new Set([
  ...['http', 'https', 'http2', 'net', 'tls', 'dgram', 'timers', 'timers/promises'].flatMap((m) => [m, `node:${m}`]),
  'undici',
  'autocannon',
]);
const AMBIENT_GLOBALS = new Set(['setTimeout', 'setInterval', 'setImmediate', 'fetch']);
const AMBIENT_MEMBERS = new Set(['Date.now', 'Math.random', 'performance.now']);

type Rule = (source: SourceText) => string[];

const sources = readSources('specs', 'src', 'mocks');

const at = (source: SourceText, line: number, message: string) => `${source.path}:${line} ${message}`;

/** `src/<folder>`, or the top folder; undefined for a file of the root such as package.json. */
function moduleOf(path: string): string | undefined {
  const [top, folder, ...rest] = path.split('/');
  if (folder === undefined) return undefined;
  return top === 'src' && rest.length > 0 ? `src/${folder}` : top;
}

const importTable: Rule = (source) => {
  const from = moduleOf(source.path) ?? source.path;
  const allowed = IMPORT_TABLE[from];
  if (allowed === undefined) return [at(source, 1, `${from} has no row in the import table`)];
  return importsOf(source).flatMap(({ line, specifier, target }) => {
    if (target === undefined) {
      return from === 'src/core' ? [at(source, line, `src/core imports nothing outside core, not "${specifier}"`)] : [];
    }
    const to = moduleOf(target) ?? target;
    if (allowed === 'all' || to === from || allowed.includes(to)) return [];
    return [at(source, line, `${from} may not import ${to} ("${specifier}")`)];
  });
};

/** Specs are one module in the table, yet two vendors know nothing of each other. */
const vendorsApart: Rule = (source) => {
  const [top, vendor, ...rest] = source.path.split('/');
  if (top !== 'specs' || rest.length === 0) return [];
  return importsOf(source)
    .filter(({ target }) => target?.startsWith('specs/') && !target.startsWith(`specs/${vendor}/`))
    .map(({ line, specifier }) => at(source, line, `a vendor imports nothing from another ("${specifier}")`));
};

const registryReaders: Rule = (source) => {
  if (/^src\/(entry|cli)\//.test(source.path)) return [];
  return importsOf(source)
    .filter(({ target }) => target === 'specs/index.gen')
    .map(({ line }) => at(source, line, 'only src/entry and src/cli read the vendor registry'));
};

const JUDGES = ['src/conformance', 'src/witness', 'src/client'];

const judgesApart: Rule = (source) => {
  const from = moduleOf(source.path) ?? '';
  const banned = from === 'mocks' ? JUDGES : JUDGES.includes(from) ? ['mocks'] : [];
  return importsOf(source)
    .filter(({ target }) => target !== undefined && banned.includes(moduleOf(target) ?? ''))
    .map(({ line, specifier }) => at(source, line, `a judge shares no code with what it judges ("${specifier}")`));
};

const silence: Rule = (source) => {
  if (/^src\/(cli|report)\//.test(source.path)) return [];
  const found: string[] = [];
  visit(source.tree, (node) => {
    if (!ts.isPropertyAccessExpression(node)) return;
    const isConsole = ts.isIdentifier(node.expression) && node.expression.text === 'console';
    if (isConsole || /^process\.(stdout|stderr)$/.test(node.getText(source.tree))) {
      found.push(
        at(source, lineOf(source, node), `nothing below cli and report prints (${node.getText(source.tree)})`),
      );
    }
  });
  return found;
};

function ambientUse(node: ts.Node, tree: ts.SourceFile): string | undefined {
  if (ts.isNewExpression(node) && node.expression.getText(tree) === 'Date' && !node.arguments?.length) {
    return 'new Date()';
  }
  if (ts.isCallExpression(node) && node.expression.getText(tree) === 'Date') return 'Date()';
  if (ts.isPropertyAccessExpression(node)) {
    const member = node.getText(tree).replace(/^(globalThis|global)\./, '');
    return AMBIENT_MEMBERS.has(member) || (AMBIENT_GLOBALS.has(member) && member === node.name.text)
      ? member
      : undefined;
  }
  return ts.isIdentifier(node) && AMBIENT_GLOBALS.has(node.text) && isGlobalReference(node) ? node.text : undefined;
}

/** A type-only import is no reach for the world: nothing is loaded. */
const ambient: Rule = (source) => {
  if (source.path.startsWith('src/platform/')) return [];
  const allowed = (use: string) =>
    EXCEPTIONS.some((exception) => exception.file === source.path && exception.use === use);
  const message = (use: string) => `time, chance, timers and network belong to src/platform (${use})`;
  const found = importsOf(source)
    .filter(({ specifier, typeOnly }) => NETWORK_MODULES.has(specifier) && !typeOnly && !allowed(specifier))
    .map(({ line, specifier }) => at(source, line, message(specifier)));
  visit(source.tree, (node) => {
    const use = ambientUse(node, source.tree);
    if (use !== undefined && !allowed(use)) found.push(at(source, lineOf(source, node), message(use)));
  });
  return found;
};

function vendorIds(): string[] {
  const specs = join(root, 'specs');
  if (!existsSync(specs)) return [];
  return readdirSync(specs, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

/** Comments count too: a rule that only holds for one vendor belongs into that vendor's contract. */
const namesNoVendor =
  (ids: readonly string[]): Rule =>
  (source) => {
    if (source.path.startsWith('specs/')) return [];
    return source.text.split('\n').flatMap((text, index) =>
      ids
        .filter((id) => {
          const word = [...id].map((c) =>
            /[a-z]/.test(c) ? `[${c}${c.toUpperCase()}]` : `\\u{${c.charCodeAt(0).toString(16)}}`,
          );
          return new RegExp(`(?<![A-Za-z0-9])${word.join('')}(?![a-z0-9])`, 'u').test(text);
        })
        .map((id) => at(source, index + 1, `names the vendor ${id}; a vendor is data, known through the registry`)),
    );
  };

const size: Rule = (source) => {
  const lines = source.text.trimEnd().split('\n').length;
  return lines > LARGEST_FILE ? [at(source, lines, `has ${lines} lines, more than ${LARGEST_FILE}`)] : [];
};

const kebabCase: Rule = (source) =>
  source.path.split('/').every((part) => /^[a-z0-9]+(-[a-z0-9]+)*(\.d)?(\.ts)?$/.test(part))
    ? []
    : [at(source, 1, 'is not named in kebab-case')];

const RULES: readonly { readonly promise: string; readonly rule: Rule; readonly caught: Record<string, string> }[] = [
  {
    promise: 'every module imports only what the table allows',
    rule: importTable,
    caught: {
      'src/core/a.ts': "import { b } from '../platform/b.js';",
      'src/core/deep/a.ts': "import { z } from 'zod';",
      'src/report/a.ts': "export type { B } from '../contract/b.js';",
      'src/load/a.ts': "const b = await import('../client/b.js');",
      'src/contract/a.ts': "type B = import('../platform/b.js').B;",
      'mocks/control/a.ts': "import '../../src/cli/b.js';",
      'src/novelty/a.ts': '',
    },
  },
  {
    promise: 'a vendor knows no other vendor',
    rule: vendorsApart,
    caught: { 'specs/one/vendor.ts': "import { x } from '../two/vendor.js';" },
  },
  {
    promise: 'only the composition roots read the vendor registry',
    rule: registryReaders,
    caught: { 'mocks/app.ts': "import { vendors } from '../specs/index.gen.js';" },
  },
  {
    promise: 'judges and mocks never import each other',
    rule: judgesApart,
    caught: {
      'src/conformance/checks/a.ts': "import { b } from '../../../mocks/b.js';",
      'mocks/a.ts': "import { b } from '../src/witness/b.js';",
    },
  },
  {
    promise: 'nothing below cli and report prints',
    rule: silence,
    caught: { 'mocks/a.ts': "console.log('a');", 'src/core/a.ts': "process.stdout.write('a');" },
  },
  {
    promise: 'time, chance, timers and network are reached in src/platform only',
    rule: ambient,
    caught: {
      'mocks/a.ts': 'const a = Date.now();',
      'mocks/b.ts': 'const a = new Date();',
      'mocks/c.ts': 'const a = Math.random();',
      'mocks/d.ts': 'const wait = setTimeout;',
      'mocks/e.ts': 'setImmediate(() => {});',
      'mocks/f.ts': 'const a = globalThis.performance.now();',
      'src/client/a.ts': "await fetch('/');",
      'src/client/b.ts': 'const send = options.fetch ?? globalThis.fetch;',
      'src/client/c.ts': 'const send = { fetch };',
      'src/witness/a.ts': "import { createServer } from 'node:http';",
      'src/load/a.ts': "import { Pool } from 'undici';",
    },
  },
  {
    promise: 'no vendor is named in src or mocks',
    rule: namesNoVendor([...vendorIds(), 'zzpix', 'zz-9.ai']),
    caught: {
      'src/core/a.ts': "const base = 'https://api.zzpix.test';",
      'src/core/b.ts': 'const key = process.env.ZZPIX_API_KEY;',
      'mocks/a.ts': 'class ZzpixStore {}',
      'mocks/b.ts': "const id = 'zz-9.ai';",
    },
  },
  { promise: 'no file is too long to be read at once', rule: size, caught: { 'src/core/a.ts': '//\n'.repeat(251) } },
  {
    promise: 'files are named in kebab-case',
    rule: kebabCase,
    caught: { 'src/core/taskStore.ts': '', 'src/Core/task.ts': '', 'mocks/task_store.ts': '' },
  },
];

const FINE: Record<string, string> = {
  'src/core/task.ts': "import { a } from './words/a.js';\n// console.log and Date.now() in a comment",
  'src/platform/clock.ts': 'export const now = () => Date.now();',
  'src/client/poll.ts': 'export const poll = (fetch: () => void, at: number) => [fetch(), new Date(at)];',
  'src/client/send.ts': 'export const send = (o: { fetch(): void }) => { const { fetch } = o; fetch(); o.fetch(); };',
  'src/load/a.ts': "import type { Server } from 'node:http';\nexport type S = Server; export type F = typeof fetch;",
  'mocks/adapters/node-http.ts': "import { createServer } from 'node:http';",
  'mocks/a.ts': "const word = 'zzpixels azzpix';",
  'src/cli/start.ts': "import { vendors } from '../../specs/index.gen.js';\nconsole.log(vendors);",
  'specs/acme/vendor.ts': "import type { Vendor } from '../../src/core/vendor.js';",
};

const byPromise = RULES.map((entry) => [entry.promise, entry] as const);

test.each(byPromise)('%s', (_, { rule }) => {
  expect(sources.flatMap(rule)).toEqual([]);
});

test.each(byPromise)('the rule "%s" catches what it should', (_, { rule, caught }) => {
  const missed = Object.entries(caught).filter(([path, text]) => rule(parseSource(path, text)).length === 0);
  expect(missed).toEqual([]);
});

test.each(Object.entries(FINE))('no rule complains about an innocent %s', (path, text) => {
  expect(RULES.flatMap(({ rule }) => rule(parseSource(path, text)))).toEqual([]);
});

test('every exception is still needed where its file exists', () => {
  const unused = EXCEPTIONS.filter(({ file, use }) => {
    const source = sources.find(({ path }) => path === file);
    return source && !importsOf(source).some(({ specifier }) => specifier === use);
  });
  expect(unused).toEqual([]);
});
