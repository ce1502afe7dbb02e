import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Oracle } from '../conformance/oracle/oracle.js';
import type { OpenApiDocument } from '../contract/document.js';
import { UsageError } from '../core/errors.js';

/** The parts of Prism that validate; its packages are CommonJS and type only their whole pipeline. */
interface PrismOperation {
  readonly method: string;
  readonly path: string;
}
interface Verdict {
  readonly _tag: 'Left' | 'Right';
  readonly left?: readonly { readonly path?: readonly string[]; readonly message: string }[];
}
type Validate = (input: { resource: PrismOperation; element: unknown }) => Verdict;

interface PrismParts {
  readonly version: string;
  readonly getHttpOperationsFromSpec: (document: unknown) => Promise<PrismOperation[]>;
  readonly validateOutput: Validate;
  readonly validateInput: Validate;
}

/** Later lines need a newer Node; these three were tried together. */
const tried = { '@stoplight/prism-cli': '5.14.2', '@stoplight/prism-core': '5.8.0', '@stoplight/prism-http': '5.12.0' };

function loadPrism(folder: string): PrismParts {
  // The user's own installation comes first, then whatever lies beside this package.
  const starts = [pathToFileURL(join(folder, 'package.json')).href, import.meta.url];
  for (const start of starts) {
    const outer = createRequire(start);
    let manifest: string;
    try {
      manifest = outer.resolve('@stoplight/prism-cli/package.json');
    } catch {
      continue;
    }
    const inner = createRequire(manifest);
    const versions = Object.keys(tried).map((name) => {
      const { version } = inner(name === '@stoplight/prism-cli' ? './package.json' : `${name}/package.json`) as {
        version: string;
      };
      return [name, version] as const;
    });
    const wrong = versions.filter(([name, version]) => version !== tried[name as keyof typeof tried]);
    if (wrong.length > 0)
      throw new UsageError(
        `--oracle prism was tried with ${Object.entries(tried)
          .map((pair) => pair.join('@'))
          .join(
            ', ',
          )}; found ${wrong.map((pair) => pair.join('@')).join(', ')}. Pin them with "overrides" in package.json, as the README shows`,
      );
    return {
      version: tried['@stoplight/prism-cli'],
      ...(inner('./dist/operations') as Pick<PrismParts, 'getHttpOperationsFromSpec'>),
      ...(inner('@stoplight/prism-http/dist/validator') as Pick<PrismParts, 'validateOutput' | 'validateInput'>),
    };
  }
  throw new UsageError(
    'Prism is not installed here: npm install --save-dev @stoplight/prism-cli@5.14.2, with the "overrides" that the README shows',
  );
}

function complaints({ left = [] }: Verdict): string[] {
  return left.map(({ path = [], message }) => `${path.join('/')}: ${message}`);
}

/**
 * Prism as a second judge. It validates no body at all under the OpenAPI base dialect, so it gets a copy of the contract
 * that names plain JSON Schema. Throws a `UsageError` where Prism is missing or of another line.
 */
export async function createPrismOracle(document: OpenApiDocument, folder: string): Promise<Oracle> {
  const { version, getHttpOperationsFromSpec, validateOutput, validateInput } = loadPrism(folder);
  const operations = await getHttpOperationsFromSpec({
    ...structuredClone(document),
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
  });
  const find = ({ method, path }: { method: string; path: string }) => {
    const found = operations.find((one) => one.method === method.toLowerCase() && one.path === path);
    if (found === undefined) throw new Error(`Prism knows no ${method} ${path}`);
    return found;
  };
  return {
    name: 'prism',
    version,
    answer(operation, { status, headers, body }) {
      const type = headers['content-type'] ?? '';
      return complaints(
        validateOutput({
          resource: find(operation),
          element: { statusCode: status, headers: { 'content-type': type }, body },
        }),
      );
    },
    request(operation, { headers, body }) {
      const element = { method: operation.method.toLowerCase(), url: { path: operation.path }, headers, body };
      return complaints(validateInput({ resource: find(operation), element }));
    },
  };
}
