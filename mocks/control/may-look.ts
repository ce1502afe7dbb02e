import { timingSafeEqual } from 'node:crypto';
import { isLoopback } from '../../src/core/loopback.js';
import type { EngineRequest } from '../message.js';

/** What tells who asks. */
export type Looker = Pick<EngineRequest, 'headers' | 'origin' | 'loopback'>;

function hasToken(headers: EngineRequest['headers'], token: string | undefined): boolean {
  const sent = /^Bearer +(\S+)$/i.exec(headers['authorization'] ?? '')?.[1];
  if (token === undefined || sent === undefined) return false;
  const [one, other] = [Buffer.from(sent), Buffer.from(token)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/**
 * This machine may look under a loopback name, everybody else with the token. A page in a browser is told apart from a
 * program: it names its origin, or a Host that only resolves to this machine.
 */
export function mayLook({ loopback, headers, origin }: Looker, token: string | undefined): boolean {
  const page = headers['origin'];
  if (page !== undefined && !isLoopback(page)) return false;
  if (headers['sec-fetch-site'] === 'cross-site') return false;
  const host = headers['host'] ?? new URL(origin).host;
  const local = loopback && /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/.test(host);
  return local || hasToken(headers, token);
}
