import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ContractError, UsageError } from '../core/errors.js';
import { checkDocument, type OpenApiDocument, readYaml } from './document.js';
import { applyOverlay } from './overlay.js';

const overlayFile = /^([a-z0-9][a-z0-9-]*)\.(ya?ml|json)$/;

/** The dialects beside a contract, by name: files in the folder `dialects` next to it. */
async function dialectFiles(contractFile: string): Promise<ReadonlyMap<string, string>> {
  const folder = join(dirname(contractFile), 'dialects');
  const names = await readdir(folder).catch(() => []);
  return new Map(
    [...names].sort().flatMap((name): [string, string][] => {
      const match = overlayFile.exec(name);
      return match?.[1] === undefined ? [] : [[match[1], join(folder, name)]];
    }),
  );
}

/** Names of the dialects that a contract file has. */
export async function dialectNames(contractFile: string): Promise<string[]> {
  return [...(await dialectFiles(contractFile)).keys()];
}

/** The dialects of a contract file with the titles of their overlays. */
export async function dialectTitles(contractFile: string): Promise<{ readonly id: string; readonly title: string }[]> {
  const files = [...(await dialectFiles(contractFile))];
  return Promise.all(
    files.map(async ([id, path]) => {
      const overlay = (await readYaml(path)) as { readonly info?: { readonly title?: unknown } } | null;
      const title = overlay?.info?.title;
      return { id, title: typeof title === 'string' ? title : id };
    }),
  );
}

/**
 * The contract's document as these dialects read it, applied in the order given. Throws a `UsageError` for a name that
 * the contract does not have, and a `ContractError` that names the dialect's file where it cannot be applied.
 */
export async function withDialects(
  file: string,
  document: OpenApiDocument,
  names: readonly string[],
): Promise<OpenApiDocument> {
  if (names.length === 0) return document;
  const known = await dialectFiles(file);
  let at = document;
  for (const name of names) {
    const path = known.get(name);
    if (path === undefined)
      throw new UsageError(
        `${file} has no dialect ${JSON.stringify(name)}: ${known.size === 0 ? 'it has none' : `known are ${[...known.keys()].join(', ')}`}`,
      );
    const changed = applyOverlay(at, path, await readYaml(path));
    try {
      at = checkDocument(path, changed);
    } catch (error) {
      if (!(error instanceof ContractError)) throw error;
      const problems = error.problems.map((one) => ({ ...one, message: `once applied, ${one.message}` }));
      throw new ContractError(path, problems);
    }
  }
  return at;
}
