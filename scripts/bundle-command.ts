/** Makes a few files of the command's many modules: a module that is looked for and opened costs more than what it does. */
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join, posix, relative, sep } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { dist, root } from './build-output.js';

/** What a module reads from beside itself stays beside the compiler's own file of it, wherever its code ends up. */
const staysInPlace = (folder: string): Plugin => ({
  name: 'stays-in-place',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      if (!text.includes('import.meta.url')) return undefined;
      const compiled = join(dist, relative(root, path)).replace(/\.ts$/, '.js');
      const place = relative(folder, compiled).split(sep).join(posix.sep);
      return {
        contents: text.replaceAll('import.meta.url', `new URL(${JSON.stringify(place)}, import.meta.url).href`),
        resolveDir: dirname(path),
        loader: 'ts',
      };
    });
  },
});

/** Puts the bundles in the place of the compiler's modules of that folder; packages stay packages. */
export async function bundleCommands(source: string, entries: readonly string[]): Promise<void> {
  const folder = join(dist, source);
  await rm(folder, { recursive: true, force: true });
  await build({
    entryPoints: entries.map((entry) => join(root, source, entry)),
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    plugins: [staysInPlace(folder)],
    logLevel: 'warning',
  });
}
