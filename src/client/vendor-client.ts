import createClient, { type Middleware } from 'openapi-fetch';
import type { Contract } from '../contract/contract.js';
import { targetOf } from '../platform/target.js';
import { fetchTransport, type Transport } from '../platform/transport.js';
import { checkAnswer, isEventStream } from './check-answer.js';
import { checkApiKey } from './client-context.js';
import { isMultipart, toFormData } from './form-body.js';
import { readJson } from './read-body.js';
import { readTask } from './read-task.js';
import type { StrictClient } from './strict-calls.js';
import type { TaskState } from './task-state.js';

export interface VendorClientOptions {
  readonly contract: Contract;
  readonly apiKey: string;
  /** Stands in for the contract's server. */
  readonly baseUrl?: string;
  readonly fetch?: Transport;
  /**
   * Hold every answer with a documented status against its schema, and every success against the documented statuses and
   * content types; what breaks them rejects with a `ContractBrokenError` that carries the place.
   */
  readonly validate?: boolean;
}

/** Every operation of a contract by method and path, and a reader for what its poll operation answers. */
export type VendorClient<Paths extends object> = StrictClient<Paths> & {
  /**
   * A poll operation's answer, told apart by phase: only a succeeded task has `results`, only a failed one is sure to
   * have an `error`. Throws a `ContractBrokenError` for an unknown status word or a success without results, an
   * `UnsupportedError` for a vendor that answers at once.
   *
   * @example
   * const task = client.readTask(data);
   * if (task.phase === 'succeeded') console.log(task.results[0].url);
   */
  readTask(answer: unknown): TaskState;
};

type Init = Record<string, unknown> & { readonly body?: unknown };
type Call = (path: string, init?: Init) => Promise<unknown>;

/** A middleware is told the path as the contract writes it, so it finds the operation that was called. */
function validator(contract: Contract): Middleware {
  return {
    async onResponse({ request, response, schemaPath }) {
      const operation = contract.operations.find(
        ({ method, path }) => method === request.method && path === schemaPath,
      );
      if (operation === undefined) return;
      // A stream is for the caller to read, piece by piece.
      const body = isEventStream(response.headers) ? undefined : await readJson(response.clone());
      checkAnswer(contract, operation, response, body);
    },
  };
}

const withBody = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;

/**
 * A client for one vendor, typed by the `paths` that were generated from its contract: every operation by method and
 * path, results as `{ data, error, response }`, never an exception for an HTTP status. Where the contract documents
 * multipart, the body may hold files. Throws a `UsageError` for an unusable base URL or key.
 *
 * @example
 * const client = createVendorClient<paths>({ contract, apiKey });
 * const { data, error } = await client.POST('/v1/images', { body: { prompt: 'A lighthouse' } });
 */
export function createVendorClient<Paths extends object>(options: VendorClientOptions): VendorClient<Paths> {
  const { contract, apiKey, baseUrl, fetch = fetchTransport, validate = false } = options;
  const client = createClient<Paths>({
    baseUrl: targetOf(contract.server, baseUrl),
    headers: { authorization: `Bearer ${checkApiKey(apiKey)}` },
    // Only the request is passed on: the second argument that the library would give is not part of a transport.
    fetch: (request) => fetch(request),
  });
  if (validate) client.use(validator(contract));

  const contentTypesOf = (method: string, path: string) => {
    const operation = contract.operations.find((one) => one.method === method && one.path === path);
    return Object.keys(operation?.request ?? {});
  };
  // A serializer of the whole client is not told which operation it serves, so each call brings its own.
  const prepare = (method: string, path: string, init: Init = {}): Init =>
    isMultipart(contentTypesOf(method, path), init.body) ? { bodySerializer: toFormData, ...init } : init;

  const calls = client as unknown as Record<(typeof withBody)[number], Call>;
  const prepared = Object.fromEntries(
    withBody.map((method): [string, Call] => {
      const send = calls[method];
      return [method, (path, init) => send(path, prepare(method, path, init))];
    }),
  );
  const request = client.request as unknown as (method: string, path: string, init?: Init) => Promise<unknown>;
  return {
    ...client,
    ...prepared,
    request: (method: string, path: string, init?: Init) =>
      request(method, path, prepare(method.toUpperCase(), path, init)),
    readTask: (answer: unknown) => readTask(contract, answer),
  } as unknown as VendorClient<Paths>;
}
