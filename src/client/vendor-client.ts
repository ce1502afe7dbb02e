import createClient, { type Client } from 'openapi-fetch';
import type { Contract } from '../contract/contract.js';
import { targetOf } from '../platform/target.js';
import { fetchTransport, type Transport } from '../platform/transport.js';
import { checkApiKey } from './client-context.js';
import { isMultipart, toFormData } from './form-body.js';

export interface VendorClientOptions {
  readonly contract: Contract;
  readonly apiKey: string;
  /** Stands in for the contract's server. */
  readonly baseUrl?: string;
  readonly fetch?: Transport;
}

type Init = Record<string, unknown> & { readonly body?: unknown };
type Call = (path: string, init?: Init) => Promise<unknown>;

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
export function createVendorClient<Paths extends {}>(options: VendorClientOptions): Client<Paths> {
  const { contract, apiKey, baseUrl, fetch = fetchTransport } = options;
  const client = createClient<Paths>({
    baseUrl: targetOf(contract.server, baseUrl),
    headers: { authorization: `Bearer ${checkApiKey(apiKey)}` },
    // Only the request is passed on: the second argument that the library would give is not part of a transport.
    fetch: (request) => fetch(request),
  });

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
  } as unknown as Client<Paths>;
}
