import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generated } from '../generate.js';
import { codeHeader } from './header.js';
import { camelCase } from './names.js';

interface Registry {
  readonly folder: string;
  /** The exported list. */
  readonly list: string;
  readonly type: string;
  /** The module of the type, from the folder. */
  readonly typeModule: string;
}

const faultRegistry: Registry = {
  folder: 'mocks/faults',
  list: 'faults',
  type: 'Fault',
  typeModule: '../fault.js',
};
export const checkRegistry: Registry = {
  folder: 'src/conformance/checks',
  list: 'checks',
  type: 'Check',
  typeModule: '../check.js',
};
const probeRegistry: Registry = {
  folder: 'src/conformance/probes',
  list: 'probes',
  type: 'Probe',
  typeModule: '../probe.js',
};

/** What a registry lists: file names without extension, sorted. Nothing while the folder does not exist. */
export function registered(root: string, { folder }: Registry): string[] {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.gen.ts') && !name.startsWith('index'))
    .map((name) => name.slice(0, -'.ts'.length))
    .sort();
}

const exportedValue = /^export\s+(?:default\b|(?:async\s+)?(?:const|let|function\*?|class|enum)\s+(\w+)|\{)/gm;

/** Each file stands for one thing and is named for it, so that nobody has to look for either. */
function checkExport(root: string, folder: string, name: string): void {
  const path = `${folder}/${name}.ts`;
  const found = [...readFileSync(join(root, path), 'utf8').matchAll(exportedValue)].map(
    (match) => match[1] ?? match[0],
  );
  const wanted = camelCase(name);
  if (found.length !== 1 || found[0] !== wanted)
    throw new Error(`${path} must export exactly "const ${wanted}", exports ${found.join(', ') || 'nothing'}`);
}

function registryFile(root: string, registry: Registry): Generated[] {
  const names = registered(root, registry);
  if (names.length === 0) return [];
  for (const name of names) checkExport(root, registry.folder, name);
  const imports = names.map((name) => `import { ${camelCase(name)} } from './${name}.js';`);
  const text = `${codeHeader}
import type { ${registry.type} } from '${registry.typeModule}';
${imports.join('\n')}

export const ${registry.list}: readonly ${registry.type}[] = [
${names.map((name) => `  ${camelCase(name)},`).join('\n')}
];
`;
  return [[`${registry.folder}/index.gen.ts`, text]];
}

/** The lists of faults, checks and probes, from the names of their files. */
export function registries(root: string): Generated[] {
  return [faultRegistry, checkRegistry, probeRegistry].flatMap((registry) => registryFile(root, registry));
}
