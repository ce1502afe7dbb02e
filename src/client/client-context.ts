import type { Contract } from '../contract/contract.js';
import { UsageError } from '../core/errors.js';
import type { Clock } from '../platform/clock.js';
import type { Transport } from '../platform/transport.js';

/** What every part of the client needs. */
export interface ClientContext {
  readonly contract: Contract;
  readonly apiKey: string;
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly transport: Transport;
  readonly clock: Clock;
  /** Whether every successful answer is held against the contract. */
  readonly validate: boolean;
}

/** Milliseconds until one request (not a whole task) must be answered. */
export const REQUEST_TIMEOUT_MS = 60_000;

/** Headers of every call to the vendor's API; never sent anywhere else. */
export function apiHeaders({ apiKey }: ClientContext): Record<string, string> {
  return { authorization: `Bearer ${apiKey}`, accept: 'application/json' };
}

/** A vendor may repeat the key in what it says; nothing that we say does. */
export function withoutKey({ apiKey }: ClientContext, text: string): string {
  return text.replaceAll(apiKey, '<key>');
}

/** The platform's own complaint about an unusable header would print it, so the key is looked at before. */
export function checkApiKey(apiKey: string): string {
  if (typeof apiKey !== 'string' || !/^[\x21-\x7e]+$/.test(apiKey))
    throw new UsageError('The API key is empty or holds a character that no header can carry, such as a line break');
  return apiKey;
}

/** Sends through the client's transport. In-process transports say by an error response that the connection broke. */
export async function send({ transport }: ClientContext, request: Request): Promise<Response> {
  const response = await transport(request);
  if (response.type === 'error') throw new TypeError('the connection broke');
  return response;
}
