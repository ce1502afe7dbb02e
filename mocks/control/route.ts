import type { Clock } from '../../src/platform/clock.js';
import { type EngineReply, jsonReply } from '../message.js';
import type { Namespace, Namespaces } from '../namespaces.js';
import type { Recorder } from '../state/recorder.js';
import type { VendorMock } from '../vendor-mock.js';
import type { Webhooks } from '../webhooks/webhooks.js';

export const controlRoot = '/__proofsheet';

/** What a route of the control API works on. */
export interface ControlContext {
  readonly namespaces: Namespaces;
  /** The namespace that the request names by header. */
  readonly space: Namespace;
  readonly webhooks: Webhooks;
  readonly clock: Clock;
  readonly recorder: Recorder | undefined;
}

export interface ControlRequest {
  /** By the names in the route's path. */
  readonly places: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Parsed JSON; undefined where nothing was sent. */
  readonly body: unknown;
}

export interface ControlRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Behind the root, with `{name}` places. */
  readonly path: string;
  handle(context: ControlContext, request: ControlRequest): EngineReply | Promise<EngineReply>;
}

export function refuse(status: number, message: string): EngineReply {
  return jsonReply(status, { error: { message } });
}

/** The mounts of a namespace that a query or path asks for; all where it names none. */
export function mocksOf(space: Namespace, vendor: string | null): VendorMock[] {
  return space.mocks().filter((mock) => vendor === null || mock.contract.id === vendor);
}

/** A whole number of a query; the default where it is absent, undefined where it is none. */
export function wholeNumber(text: string | null, otherwise: number): number | undefined {
  if (text === null) return otherwise;
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
