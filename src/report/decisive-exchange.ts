import type { Finding } from '../core/check-report.js';
import type { Exchange } from '../core/exchange.js';

/**
 * The exchange that a finding's command sends again: of those that show the finding, the last one that the command fits.
 * Undefined where the report does not hold it.
 */
export function decisiveExchange(
  { evidence, curl }: Finding,
  exchanges: ReadonlyMap<string, Exchange>,
): Exchange | undefined {
  const held = evidence.exchanges.flatMap((id) => exchanges.get(id) ?? []);
  const fits = held.filter(({ request }) => curl.includes(request.url));
  const isSame = ({ request }: Exchange) => request.body === undefined || curl.includes(request.body.slice(0, 20_000));
  return fits.findLast(isSame) ?? fits.at(-1) ?? held.at(-1);
}

export function exchangesById(exchanges: readonly Exchange[]): ReadonlyMap<string, Exchange> {
  return new Map(exchanges.map((exchange) => [exchange.id, exchange]));
}
