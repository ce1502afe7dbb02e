import type { RecordedRequest } from '../core/exchange.js';
import { placeholders } from './redact.js';

const variables: readonly (readonly [string, string])[] = [
  [placeholders.key, 'PROOFSHEET_KEY'],
  [placeholders.other, 'PROOFSHEET_OTHER_KEY'],
  [placeholders.poor, 'PROOFSHEET_POOR_KEY'],
];

/** One word of a POSIX shell: nothing in it is expanded but the variables that stand for keys. */
function quote(text: string): string {
  const quoted = `'${text.replaceAll("'", `'\\''`)}'`;
  return variables.reduce((word, [place, name]) => word.replaceAll(place, `'"$${name}"'`), quoted);
}

/** A command that sends a recorded request again. */
export function toCurl(request: RecordedRequest): string {
  const words = ['curl', '-sS', '-i'];
  if (request.method !== 'GET') words.push('-X', quote(request.method));
  for (const [name, value] of Object.entries(request.headers)) words.push('-H', quote(`${name}: ${value}`));
  if (request.body !== undefined) words.push('--data-raw', quote(request.body));
  words.push(quote(request.url));
  return words.join(' ');
}
