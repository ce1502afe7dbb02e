import { ContractError, type ContractProblem } from '../core/errors.js';
import { toPointer } from '../core/pointer.js';
import type { AsyncTask } from './async-task.js';
import type { OpenApiDocument } from './document.js';

const methods = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'] as const;

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly facts: readonly string[];
}

/** A body by content type: the pointer of its schema in the document, where it has one. */
export type Content = Readonly<Record<string, string | undefined>>;

export interface DocumentedResponse {
  readonly content: Content;
  readonly facts: readonly string[];
}

export interface Operation {
  readonly id: string;
  /** Upper case. */
  readonly method: string;
  /** As in the contract, with `{name}` places. */
  readonly path: string;
  /** JSON pointer of the operation in the document. */
  readonly pointer: string;
  readonly parameters: readonly Parameter[];
  readonly request: Content;
  /** By status (`200`), range (`4XX`) or `default`. */
  readonly responses: Readonly<Record<string, DocumentedResponse>>;
  /** Whether a key must be sent. */
  readonly secured: boolean;
  readonly facts: readonly string[];
  /** Present on operations that submit a task. */
  readonly task?: AsyncTask;
}

type Node = Record<string, unknown>;

function isNode(value: unknown): value is Node {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Follows local references; answers the pointer of what is really meant. */
export function resolve(document: unknown, pointer: string): { pointer: string; value: unknown } {
  let at = pointer;
  for (let hops = 0; hops < 32; hops += 1) {
    let value: unknown = document;
    for (const token of at.split('/').slice(1)) {
      const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
      value = isNode(value) || Array.isArray(value) ? (value as Node)[key] : undefined;
    }
    if (!isNode(value) || typeof value['$ref'] !== 'string' || !value['$ref'].startsWith('#/'))
      return { pointer: at, value };
    at = decodeURIComponent(value['$ref'].slice(1));
  }
  return { pointer: at, value: undefined };
}

function factsOf(value: unknown): string[] {
  const facts = isNode(value) ? value['x-facts'] : undefined;
  return Array.isArray(facts) ? facts.filter((fact): fact is string => typeof fact === 'string') : [];
}

function readContent(document: unknown, pointer: string): Content {
  const { pointer: at, value } = resolve(document, pointer);
  const content = isNode(value) && isNode(value['content']) ? value['content'] : {};
  return Object.fromEntries(
    Object.entries(content).map(([type, media]) => [
      type.toLowerCase(),
      isNode(media) && media['schema'] !== undefined ? at + toPointer(['content', type, 'schema']) : undefined,
    ]),
  );
}

function readParameters(document: unknown, pointers: readonly string[]): Parameter[] {
  return pointers.flatMap((pointer) => {
    const list = resolve(document, pointer).value;
    if (!Array.isArray(list)) return [];
    return list.flatMap((_, index): Parameter[] => {
      const value = resolve(document, `${pointer}/${index}`).value;
      if (!isNode(value) || typeof value['name'] !== 'string') return [];
      const where = value['in'];
      if (where !== 'path' && where !== 'query' && where !== 'header') return [];
      return [{ name: value['name'], in: where, required: value['required'] === true, facts: factsOf(value) }];
    });
  });
}

/** Reads the task block of an operation; `pointer` is its place in the document. Adds what is wrong to the problems. */
export type ReadTask = (
  pointer: string,
  raw: unknown,
  blocks: ReadonlyMap<string, unknown>,
  problems: ContractProblem[],
) => AsyncTask | undefined;

/** Every operation of the document, with its task block read. Throws a `ContractError` that lists all mistakes. */
export function readOperations(file: string, document: OpenApiDocument, readTask: ReadTask): Operation[] {
  const problems: ContractProblem[] = [];
  const tasks = new Map<string, unknown>();
  for (const item of Object.values(document.paths))
    for (const method of methods) {
      const raw = isNode(item) ? item[method] : undefined;
      if (isNode(raw) && typeof raw['operationId'] === 'string' && raw['x-async-task'] !== undefined)
        tasks.set(raw['operationId'], raw['x-async-task']);
    }
  const operations: Operation[] = [];
  for (const [path, item] of Object.entries(document.paths)) {
    if (!isNode(item)) continue;
    for (const method of methods) {
      const raw = item[method];
      if (!isNode(raw)) continue;
      const pointer = toPointer(['paths', path, method]);
      if (typeof raw['operationId'] !== 'string')
        problems.push({ pointer: `${pointer}/operationId`, message: 'must be a text: it names the operation' });
      const responses = isNode(raw['responses']) ? raw['responses'] : {};
      const security = (raw['security'] ?? document.security ?? []) as unknown[];
      const task =
        raw['x-async-task'] === undefined
          ? undefined
          : readTask(`${pointer}/x-async-task`, raw['x-async-task'], tasks, problems);
      operations.push({
        id: String(raw['operationId']),
        method: method.toUpperCase(),
        path,
        pointer,
        parameters: readParameters(document, [toPointer(['paths', path, 'parameters']), `${pointer}/parameters`]),
        request: raw['requestBody'] === undefined ? {} : readContent(document, `${pointer}/requestBody`),
        responses: Object.fromEntries(
          Object.keys(responses).map((status) => {
            const at = `${pointer}/responses/${status}`;
            return [status, { content: readContent(document, at), facts: factsOf(resolve(document, at).value) }];
          }),
        ),
        secured: security.length > 0,
        facts: factsOf(raw),
        ...(task === undefined ? {} : { task }),
      });
    }
  }
  for (const operation of operations) {
    const poll = operation.task?.poll;
    if (operation.task?.mode === 'poll' && poll === undefined)
      problems.push({ pointer: `${operation.pointer}/x-async-task/poll`, message: 'is needed where mode is poll' });
    if (poll !== undefined && !operations.some(({ id }) => id === poll.operation))
      problems.push({
        pointer: `${operation.pointer}/x-async-task/poll/operation`,
        message: `names no operation of this contract: ${poll.operation}`,
      });
  }
  if (problems.length > 0) throw new ContractError(file, problems);
  return operations;
}
