import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import type { Generated } from '../generate.js';
import { codeHeader } from './header.js';
import { vendorFolders } from './names.js';

/** The types of every contract, for typed clients. */
export function vendorTypes(root: string): Promise<Generated[]> {
  return Promise.all(
    vendorFolders(root).map(async (vendor): Promise<Generated> => {
      const ast = await openapiTS(pathToFileURL(join(root, 'specs', vendor, 'openapi.yaml')), {
        // A parameter with a default may be left out of a request.
        defaultNonNullable: false,
        // The bytes of a file in a form.
        transform: (schema) =>
          'format' in schema && schema.format === 'binary' ? ts.factory.createTypeReferenceNode('Blob') : undefined,
        // An alternative that only names what is required has no type; as `unknown` it would swallow all beside it.
        postTransform: (type, { path }) =>
          type.kind === ts.SyntaxKind.UnknownKeyword && /\/anyOf\/\d+$/.test(path ?? '')
            ? ts.factory.createKeywordTypeNode(ts.SyntaxKind.NeverKeyword)
            : undefined,
      });
      return [`specs/${vendor}/schema.gen.ts`, `${codeHeader}\n${astToString(ast)}`];
    }),
  );
}
