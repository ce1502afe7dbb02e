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
      });
      return [`specs/${vendor}/schema.gen.ts`, `${codeHeader}\n${astToString(ast)}`];
    }),
  );
}
