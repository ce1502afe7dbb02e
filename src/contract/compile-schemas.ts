import { createRequire } from 'node:module';
import type { CodeOptions, ValidateFunction } from 'ajv/dist/core.js';
import { ContractError } from '../core/errors.js';
import type { OpenApiDocument } from './document.js';

/** CommonJS can be loaded in the middle of a call: most processes never need a compiler. */
const load = createRequire(import.meta.url);

type AjvCore = InstanceType<typeof import('ajv/dist/core.js').default>;

const contractKey = 'contract';

/** The address of a schema of the document for `createAjv`. */
export function schemaAddress(pointer: string): string {
  const fragment = pointer.split('/').map(encodeURIComponent).join('/');
  return `${contractKey}#${fragment}`;
}

/**
 * Ajv for JSON Schema 2020-12 with the document in it. Put together by hand, because the packages' main files load older
 * drafts and schemas of schemas besides.
 */
export function createAjv(document: OpenApiDocument, code: CodeOptions = {}): AjvCore {
  const { default: Ajv } = load('ajv/dist/core.js') as typeof import('ajv/dist/core.js');
  const { default: vocabularies } = load(
    'ajv/dist/vocabularies/draft2020.js',
  ) as typeof import('ajv/dist/vocabularies/draft2020.js');
  const { fullFormats } = load('ajv-formats/dist/formats.js') as typeof import('ajv-formats/dist/formats.js');
  const ajv = new Ajv({
    dynamicRef: true,
    next: true,
    unevaluated: true,
    formats: fullFormats,
    strict: false,
    allErrors: true,
    verbose: true,
    validateFormats: true,
    logger: false,
    // The document as a whole is no schema, and Ajv would look no deeper; compiling its own schema of schemas would
    // take longer than all that follows. What is wrong within a schema is told when that schema is compiled.
    validateSchema: false,
    meta: false,
    code,
  });
  for (const vocabulary of vocabularies) ajv.addVocabulary(vocabulary);
  ajv.addSchema(document, contractKey);
  return ajv;
}

/** Compiles schemas of the document when they are first needed. */
export function createCompiler(file: string, document: OpenApiDocument): (pointer: string) => ValidateFunction {
  const ajv = createAjv(document);
  const compiled = new Map<string, ValidateFunction>();
  return (pointer) => {
    const known = compiled.get(pointer);
    if (known !== undefined) return known;
    try {
      const validate = ajv.compile({ $ref: schemaAddress(pointer) });
      compiled.set(pointer, validate);
      return validate;
    } catch (error) {
      throw new ContractError(file, [{ pointer, message: `is not a usable schema: ${(error as Error).message}` }]);
    }
  };
}
