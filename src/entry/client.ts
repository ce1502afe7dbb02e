import { type VendorId, type VendorPaths, vendorIds } from '../../specs/index.gen.js';
import type { GenerateOptions } from '../client/generate-options.js';
import type { GenerateRequest } from '../client/generate-request.js';
import type { GenerationResult } from '../client/generation-result.js';
import { createImageClient, type ImageClient } from '../client/image-client.js';
import { createVendorClient, type VendorClient } from '../client/vendor-client.js';
import type { GenerationBody, TypedRequest } from '../client/vendor-types.js';
import type { Clock } from '../platform/clock.js';
import type { Transport } from '../platform/transport.js';
import { resolveContract } from './contracts.js';
import { resolveKey } from './keys.js';

export type { VendorId, VendorPaths } from '../../specs/index.gen.js';
export { ContractBrokenError } from '../client/errors/contract-broken-error.js';
export { DeadlineError } from '../client/errors/deadline-error.js';
export { OutcomeUnknownError } from '../client/errors/outcome-unknown-error.js';
export { StreamFailedError } from '../client/errors/stream-failed-error.js';
export { StreamStalledError } from '../client/errors/stream-stalled-error.js';
export { TaskFailedError } from '../client/errors/task-failed-error.js';
export { UnsupportedError } from '../client/errors/unsupported-error.js';
export { VendorRefusedError } from '../client/errors/vendor-refused-error.js';
export type { GenerateOptions, ProgressEvent } from '../client/generate-options.js';
export type { GenerateRequest } from '../client/generate-request.js';
export type { GeneratedImage, GenerationResult, SubmittedTask } from '../client/generation-result.js';
export type { AskOptions, ImageClient } from '../client/image-client.js';
export type { ImageHeader } from '../client/image-header.js';
export type {
  CompletedImageEvent,
  PartialImageEvent,
  StreamEvent,
  StreamOptions,
  StreamRequest,
} from '../client/stream-event.js';
export type { CancelledTask, FailedTask, SucceededTask, TaskState, UnfinishedTask } from '../client/task-state.js';
export type { VendorClient } from '../client/vendor-client.js';
export { NotJudgedError, UsageError } from '../core/errors.js';
export type { PollingPolicy } from '../core/polling.js';
export type { Transport } from '../platform/transport.js';
export { vendorIds };

export interface ConnectOptions {
  /** Else `PROOFSHEET_<VENDOR>_API_KEY`, else on loopback the mock's own test key. */
  readonly apiKey?: string;
  /** Stands in for the vendor's server, for example a mock's `http://127.0.0.1:4010/<vendor>`. */
  readonly baseUrl?: string;
  /** The platform's fetch by default; `createMockFetch()` needs no network at all. */
  readonly transport?: Transport;
  readonly clock?: Clock;
  /**
   * Hold answers against the contract's schemas: what breaks them is a `ContractBrokenError` with the place. Off by
   * default, so that a vendor's harmless novelty stops nobody.
   */
  readonly validate?: boolean;
}

/** A vendor's id, or the path of any contract file with an `x-async-task` block. */
export type VendorOrFile = VendorId | (string & {});

/** What can be asked of a vendor: typed by its contract where the vendor is known, else in the words that all share. */
export type RequestFor<Vendor> = Vendor extends VendorId
  ? TypedRequest<GenerationBody<VendorPaths[Vendor]>>
  : GenerateRequest;

async function connect(vendor: string, { apiKey, baseUrl, ...rest }: ConnectOptions) {
  const contract = await resolveContract(vendor);
  const target = baseUrl ?? contract.server;
  return { ...rest, contract, apiKey: resolveKey(contract.id, target, apiKey, process.env), baseUrl: target };
}

/**
 * A client for one vendor, typed from its contract: an HTTP error is a value (`error`), never an exception.
 *
 * @example
 * const client = await vendorClient('some-vendor', { apiKey });
 * const { data, error } = await client.GET('/v1/tasks/{task_id}', { params: { path: { task_id } } });
 * const task = client.readTask(data);
 * if (task.phase === 'succeeded') console.log(task.results[0].url);
 */
export async function vendorClient<Vendor extends VendorId>(
  vendor: Vendor,
  options: ConnectOptions = {},
): Promise<VendorClient<VendorPaths[Vendor]>> {
  const { transport, ...rest } = await connect(vendor, options);
  return createVendorClient<VendorPaths[Vendor]>({ ...rest, ...(transport === undefined ? {} : { fetch: transport }) });
}

/** One client shape for every vendor, or for any contract file with an `x-async-task` block. */
export async function imageClient<Vendor extends VendorOrFile>(
  vendor: Vendor,
  options: ConnectOptions = {},
): Promise<ImageClient<RequestFor<Vendor>>> {
  // The contract itself refuses at run time what a type cannot know.
  return createImageClient(await connect(vendor, options)) as ImageClient<unknown> as ImageClient<RequestFor<Vendor>>;
}

/**
 * Submits once, waits by the vendor's advice, and gives the images. Rejects as `ImageClient.generate` does.
 *
 * @example
 * const { images } = await generate('some-vendor', { prompt: 'A lighthouse at dusk', size: '1536x1024' }, { apiKey });
 * await writeFile('lighthouse.png', await images[0].bytes());
 */
export async function generate<Vendor extends VendorOrFile>(
  vendor: Vendor,
  request: RequestFor<Vendor>,
  options: ConnectOptions & GenerateOptions = {},
): Promise<GenerationResult> {
  const { signal, timeoutMs, pollPolicy, onProgress, ...connection } = options;
  const client = await imageClient(vendor, connection);
  return client.generate(request, {
    ...(signal === undefined ? {} : { signal }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(pollPolicy === undefined ? {} : { pollPolicy }),
    ...(onProgress === undefined ? {} : { onProgress }),
  });
}
