import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { ContractError } from '../core/errors.js';

/** An OpenAPI document as parsed; only what the contract module reads is typed. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly servers?: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly security?: readonly unknown[];
  readonly components?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly 'x-facts'?: Readonly<Record<string, unknown>>;
}

async function parseText(file: string, text: string): Promise<unknown> {
  if (extname(file) === '.json') {
    try {
      return JSON.parse(text);
    } catch (error) {
      throw new ContractError(file, [{ pointer: '', message: `is not JSON: ${(error as Error).message}` }]);
    }
  }
  // Loaded when it is needed: shipped contracts are JSON, and every command would pay for it.
  const { parseDocument } = await import('yaml');
  const parsed = parseDocument(text, { uniqueKeys: true });
  if (parsed.errors.length > 0)
    throw new ContractError(
      file,
      parsed.errors.map((error) => {
        const at = error.linePos?.[0];
        const where = at === undefined ? '' : ` at line ${at.line}, column ${at.col}`;
        return { pointer: '', message: `is not YAML${where}: ${error.message.split('\n')[0] ?? ''}` };
      }),
    );
  try {
    // The cap on aliases keeps a small hostile file from becoming a huge value.
    return parsed.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new ContractError(file, [{ pointer: '', message: (error as Error).message }]);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Reads a YAML or JSON file. Throws a `ContractError` that says what is wrong with it. */
export async function readYaml(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const reason = code === 'ENOENT' ? 'no such file' : code === 'EISDIR' ? 'is a folder' : (error as Error).message;
    throw new ContractError(file, [{ pointer: '', message: reason }]);
  }
  return parseText(file, text);
}

/** Makes sure that a parsed value is an OpenAPI 3.1 document with paths; `file` is only used in messages. */
export function checkDocument(file: string, document: unknown): OpenApiDocument {
  if (!isRecord(document)) throw new ContractError(file, [{ pointer: '', message: 'is not an OpenAPI document' }]);
  const problems = [];
  if (typeof document['openapi'] !== 'string' || !/^3\.1\.\d+$/.test(document['openapi']))
    problems.push({
      pointer: '/openapi',
      message: `must be an OpenAPI 3.1 version such as "3.1.1", is ${JSON.stringify(document['openapi'])}`,
    });
  if (!isRecord(document['info']) || typeof document['info']['title'] !== 'string')
    problems.push({ pointer: '/info/title', message: 'must be a text' });
  if (!isRecord(document['paths'])) problems.push({ pointer: '/paths', message: 'must be an object of paths' });
  if (problems.length > 0) throw new ContractError(file, problems);
  return document as unknown as OpenApiDocument;
}

/** Reads a contract file (YAML or JSON) and makes sure that it is an OpenAPI 3.1 document with paths. */
export async function readDocument(file: string): Promise<OpenApiDocument> {
  return checkDocument(file, await readYaml(file));
}
