import { createRequire } from 'node:module';
import type { OpenApiDocument } from '../../src/contract/document.js';

/** The parts of Prism that validate an answer; its packages are CommonJS and type only their whole pipeline. */
interface PrismOperation {
  readonly method: string;
  readonly path: string;
}
interface Verdict {
  readonly _tag: 'Left' | 'Right';
  readonly left?: readonly { readonly path: readonly string[]; readonly message: string }[];
}

const require = createRequire(import.meta.url);
const { getHttpOperationsFromSpec } = require('@stoplight/prism-cli/dist/operations') as {
  getHttpOperationsFromSpec(document: unknown): Promise<PrismOperation[]>;
};
const { validateOutput } = require('@stoplight/prism-http/dist/validator') as {
  validateOutput(input: { resource: PrismOperation; element: unknown }): Verdict;
};

export interface PrismJudge {
  /** What Prism has against an answer; nothing means that it agrees. */
  complaints(method: string, path: string, status: number, contentType: string, body: unknown): readonly string[];
}

/**
 * Prism as a second judge. It validates no body at all under the OpenAPI base dialect, so it always gets a copy of the
 * contract that names plain JSON Schema, and callers must still show it a bad body (a canary) before they trust it.
 */
export async function createPrismJudge(document: OpenApiDocument): Promise<PrismJudge> {
  const operations = await getHttpOperationsFromSpec({
    ...structuredClone(document),
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
  });
  return {
    complaints(method, path, status, contentType, body) {
      const resource = operations.find((one) => one.method === method.toLowerCase() && one.path === path);
      if (resource === undefined) return [`Prism knows no ${method} ${path}`];
      const element = { statusCode: status, headers: { 'content-type': contentType }, body };
      const verdict = validateOutput({ resource, element });
      return (verdict.left ?? []).map((complaint) => `${complaint.path.join('/')}: ${complaint.message}`);
    },
  };
}
