import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { vendorIds } from '../../specs/index.gen.js';
import { UsageError } from '../core/errors.js';

interface Scaffold {
  /** What was written, from the folder. */
  readonly files: readonly string[];
  /** Lines that say what to do next. */
  readonly next: readonly string[];
}

function checkId(id: string): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
    throw new UsageError(
      `${JSON.stringify(id)} cannot be the id of a vendor: give lower-case letters and digits, joined by hyphens, such as acme-pictures`,
    );
  if ((vendorIds as readonly string[]).includes(id))
    throw new UsageError(`${id} is a vendor already: its contract comes with proofsheet`);
  // A file of this name is called after its folder.
  if (id === 'openapi') throw new UsageError('openapi names the kind of the file, not a vendor: choose another id');
}

/** Whether the folder is the checkout of this project, where a vendor has a folder of its own. */
function isCheckout(folder: string): boolean {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
    return manifest['name'] === 'proofsheet' && existsSync(join(folder, 'specs'));
  } catch {
    return false;
  }
}

function contractText(id: string, mock: string, check: string): string {
  const template = readFileSync(new URL('new-vendor.template.yaml', import.meta.url), 'utf8');
  return template
    .replaceAll('MOCK_COMMAND', mock)
    .replaceAll('CHECK_COMMAND', check)
    .replaceAll(/\bID\b/g, id);
}

function notes(id: string): string {
  return `# ${id}: gaps, contradictions, decisions

| point | what the contract says | other readings that are known |
| --- | --- | --- |
`;
}

const firstCall = {
  operation: 'createImage',
  kind: 'request',
  page: 'first call',
  body: { prompt: 'A lighthouse at dusk', size: '1024x1024', n: 1 },
};

/**
 * Writes a contract that is green at once: in a checkout of this project a folder in `specs/`, elsewhere one file.
 * Throws a `UsageError` for an unusable id and where something is in the way.
 */
export function scaffoldVendor(id: string, folder: string): Scaffold {
  checkId(id);
  const checkout = isCheckout(folder);
  const target = checkout ? `specs/${id}` : `${id}.yaml`;
  if (existsSync(join(folder, target))) throw new UsageError(`${target} exists already and is left as it is`);
  const contract = checkout ? `${target}/openapi.yaml` : `./${target}`;
  const command = checkout ? 'node dist/src/cli/main.js' : 'npx proofsheet';
  const mock = `${command} mock ${contract}`;
  const check = `${command} check ${contract} --base-url http://127.0.0.1:4010/${id}`;
  const files: (readonly [path: string, text: string])[] = [
    [checkout ? contract : target, contractText(id, mock, check)],
    ...(checkout
      ? ([
          [`${target}/NOTES.md`, notes(id)],
          [`${target}/examples/request-first-call.json`, `${JSON.stringify(firstCall, null, 2)}\n`],
        ] as const)
      : []),
  ];
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    // Whatever came in the way since the look above is not overwritten either.
    writeFileSync(join(folder, path), text, { flag: 'wx' });
  }
  return {
    files: files.map(([path]) => path),
    next: [
      mock,
      check,
      'Then put what the page says in place of what the file says, one block after the other.',
      ...(checkout
        ? [
            'docs/new-vendor.md goes through it. Afterwards: npm run generate, and name the facts that the page states',
            'in test/specs/fact-ids.json.',
          ]
        : ['The comments in the file go through it.']),
    ],
  };
}
