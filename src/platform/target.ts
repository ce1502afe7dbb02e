import { UsageError } from '../core/errors.js';

/**
 * The base of every request: what the caller gives, else the contract's server; without a trailing slash.
 * Throws a `UsageError` where neither is an http or https URL.
 */
export function targetOf(contractServer: string, baseUrl?: string): string {
  const text = (baseUrl ?? contractServer).replace(/\/+$/, '');
  if (text === '') throw new UsageError('There is no base URL: the contract names no server, so one must be given');
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new UsageError(`The base URL ${JSON.stringify(text)} must be an http or https URL: http://127.0.0.1:4010`);
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw new UsageError('The base URL may hold an origin and a path, but no user, query or fragment');
  return text;
}

/** The URL that asks for one task; the id is encoded, wherever it stands. */
export function taskUrl(
  baseUrl: string,
  path: string,
  place: { readonly in: 'path' | 'query'; readonly name: string },
  taskId: string,
): string {
  const id = encodeURIComponent(taskId);
  if (place.in === 'path') return baseUrl + path.replace(`{${place.name}}`, () => id);
  return `${baseUrl}${path}?${encodeURIComponent(place.name)}=${id}`;
}
