import type { Client } from 'openapi-fetch';
import type { VendorId, VendorPaths } from '../../specs/index.gen.js';
import type { GenerateOptions } from '../client/generate-options.js';
import type { GenerateRequest } from '../client/generate-request.js';
import type { GenerationResult } from '../client/generation-result.js';
import { createImageClient, type ImageClient } from '../client/image-client.js';
import { createVendorClient } from '../client/vendor-client.js';
import type { Clock } from '../platform/clock.js';
import type { Transport } from '../platform/transport.js';
import { resolveContract } from './contracts.js';
import { resolveKey } from './keys.js';

export type { VendorId, VendorPaths } from '../../specs/index.gen.js';
export { ContractBrokenError } from '../client/errors/contract-broken-error.js';
export { DeadlineError } from '../client/errors/deadline-error.js';
export { OutcomeUnknownError } from '../client/errors/outcome-unknown-error.js';
export { TaskFailedError } from '../client/errors/task-failed-error.js';
export { UnsupportedError } from '../client/errors/unsupported-error.js';
export { VendorRefusedError } from '../client/errors/vendor-refused-error.js';
export type { GenerateOptions, ProgressEvent } from '../client/generate-options.js';
export type { GenerateRequest } from '../client/generate-request.js';
export type { GeneratedImage, GenerationResult } from '../client/generation-result.js';
export type { ImageClient } from '../client/image-client.js';
export type { Transport } from '../platform/transport.js';

export interface ConnectOptions {
  /** Else `PROOFSHEET_<VENDOR>_API_KEY`, else on loopback the mock's own test key. */
  readonly apiKey?: string;
  /** Stands in for the vendor's server, for example a mock's `http://127.0.0.1:4010/<vendor>`. */
  readonly baseUrl?: string;
  /** The platform's fetch by default; `createMockFetch()` needs no network at all. */
  readonly transport?: Transport;
  readonly clock?: Clock;
}

async function connect(vendor: string, { apiKey, baseUrl, ...rest }: ConnectOptions) {
  const contract = await resolveContract(vendor);
  const target = baseUrl ?? contract.server;
  return { ...rest, contract, apiKey: resolveKey(contract.id, target, apiKey, process.env), baseUrl: target };
}

/**
 * A client for one vendor, typed from its contract.
 *
 * @example
 * const client = await vendorClient('some-vendor', { apiKey });
 * const { data, error } = await client.GET('/v1/tasks/{task_id}', { params: { path: { task_id } } });
 */
export async function vendorClient<Vendor extends VendorId>(
  vendor: Vendor,
  options: ConnectOptions = {},
): Promise<Client<VendorPaths[Vendor]>> {
  const { transport, ...rest } = await connect(vendor, options);
  return createVendorClient<VendorPaths[Vendor]>({ ...rest, ...(transport === undefined ? {} : { fetch: transport }) });
}

/** One client shape for every vendor, or for any contract file with an `x-async-task` block. */
export async function imageClient(
  vendor: VendorId | (string & {}),
  options: ConnectOptions = {},
): Promise<ImageClient> {
  return createImageClient(await connect(vendor, options));
}

/**
 * Submits once, waits by the vendor's advice, and gives the images.
 *
 * @example
 * const { images } = await generate('some-vendor', { prompt: 'A lighthouse at dusk', size: '1536x1024' }, { apiKey });
 * await writeFile('lighthouse.png', await images[0].bytes());
 */
export async function generate(
  vendor: VendorId | (string & {}),
  request: GenerateRequest,
  options: ConnectOptions & GenerateOptions = {},
): Promise<GenerationResult> {
  const { apiKey, baseUrl, transport, clock, ...generateOptions } = options;
  const client = await imageClient(vendor, {
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(transport === undefined ? {} : { transport }),
    ...(clock === undefined ? {} : { clock }),
  });
  return client.generate(request, generateOptions);
}
