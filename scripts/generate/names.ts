import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** `two-words` to `twoWords`. */
export function camelCase(kebab: string): string {
  const [first = '', ...rest] = kebab.split('-');
  return first + rest.map(capital).join('');
}

/** `two-words` to `TwoWords`. */
export function pascalCase(kebab: string): string {
  return capital(camelCase(kebab));
}

/** Names of the folders below `specs` that hold a contract, sorted. */
export function vendorFolders(root: string): string[] {
  const specs = join(root, 'specs');
  return readdirSync(specs, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(specs, entry.name, 'openapi.yaml')))
    .map((entry) => entry.name)
    .sort();
}
