/** Makes one file for browsers out of an entry: contracts inside, the platform's own means in the place of Node's. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildResult, build, type Plugin } from 'esbuild';
import { bundleTasks } from '../src/contract/bundle.js';
import { loadContract } from '../src/contract/load-contract.js';
import { root } from './build-output.js';
import { validatorsModule } from './bundle-validators.js';

const substitutes = join(root, 'src/platform/browser');
const byModule: Readonly<Record<string, string>> = {
  'node:crypto': 'crypto.ts',
  'node:zlib': 'zlib.ts',
  'node:util': 'util.ts',
  'node:net': 'net.ts',
  'node:buffer': 'utf8.ts',
  'node:worker_threads': 'worker-threads.ts',
  sharp: 'sharp.ts',
  'node:fs': 'missing.ts',
  'node:fs/promises': 'missing.ts',
  'node:path': 'missing.ts',
  'node:url': 'missing.ts',
  'node:module': 'module.ts',
};

/** The module that has every contract in it, with its blocks read and its schemas compiled. */
async function contractsModule(): Promise<string> {
  const specs = join(root, 'specs');
  const ids = readdirSync(specs, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  const parts = await Promise.all(
    ids.map(async (id) => {
      const { document, operations } = await loadContract(join(specs, id, 'openapi.yaml'));
      const [text, tasks] = [JSON.stringify(document), JSON.stringify(bundleTasks(operations))];
      return `createContract(${JSON.stringify(id)}, ${JSON.stringify(`${id}/openapi.yaml`)}, ${text}, { readTask: (at) => (${tasks})[at], precompiled: () => require('validators:${id}') })`;
    }),
  );
  return `import { createContract } from './src/contract/contract.ts';\nexport const bundledContracts = async () => [${parts.join(',\n')}];`;
}

const forBrowsers: Plugin = {
  name: 'for-browsers',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:.*|sharp)$/ }, ({ path }) => {
      const file = byModule[path];
      return file === undefined
        ? { errors: [{ text: `${path} has no counterpart in a browser` }] }
        : { path: join(substitutes, file) };
    });
    onResolve({ filter: /\/zlib-stream\.js$/ }, () => ({ path: join(substitutes, 'zlib-stream.ts') }));
    onResolve({ filter: /^validators:/ }, ({ path }) => ({
      path: path.slice('validators:'.length),
      namespace: 'validators',
    }));
    onLoad({ filter: /.*/, namespace: 'validators' }, async ({ path }) => ({
      contents: validatorsModule(await loadContract(join(root, 'specs', path, 'openapi.yaml'))),
      resolveDir: root,
    }));
    onLoad({ filter: /bundled-contracts\.[jt]s$/ }, async () => ({
      contents: await contractsModule(),
      resolveDir: root,
      loader: 'ts',
    }));
  },
};

/** What a module leaves out on purpose stays outside: `msw` is the page's own. */
export function bundleBrowser(entry: string, outfile: string, external: readonly string[]): Promise<BuildResult> {
  return build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    inject: [join(substitutes, 'buffer.ts'), join(substitutes, 'set-immediate.ts')],
    external: [...external],
    // Examples import the package by its name; here the name means the sources.
    alias: { 'proofsheet/msw-browser': join(root, 'src/entry/msw-browser.ts') },
    plugins: [forBrowsers],
    logLevel: 'warning',
    legalComments: 'none',
  });
}
