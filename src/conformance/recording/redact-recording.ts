import type { Exchange } from '../../core/exchange.js';
import { createRedactor, placeholders } from '../redact.js';
import type { Recording } from './recording.js';

/** Headers whose whole value is a secret; the scheme of an Authorization header is not. */
const secretHeaders = /^(cookie|set-cookie|proxy-authorization|x-api-key|api-key|x-goog-api-key)$/;
const schemes = /^(?:bearer|basic|token)\s+(.+)$/i;
/** Shorter texts, such as the name of a scheme alone, would tear holes into everything else. */
const shortestSecret = 8;

function secretsOf({ request, answer }: Exchange): string[] {
  return [...Object.entries(request.headers), ...Object.entries(answer?.headers ?? {})].flatMap(([name, value]) => {
    if (name === 'authorization') return [schemes.exec(value.trim())?.[1] ?? value.trim()];
    return secretHeaders.test(name) ? [value] : [];
  });
}

/** What hides every key that somebody left in their recording; the first one found is `<key>`, the next `<other-key>`. */
export function recordingRedactor({ exchanges, vendor }: Recording): (text: string) => string {
  // Where a recorder of ours wrote the file, no key has ever been in it.
  if (vendor !== undefined) return (text) => text;
  const known = new Set<string>(Object.values(placeholders));
  const secrets = [...new Set(exchanges.flatMap(secretsOf))].filter(
    (secret) => secret.length >= shortestSecret && !known.has(secret),
  );
  const [key, other, ...rest] = secrets;
  const redactors = [
    createRedactor({ ...(key === undefined ? {} : { key }), ...(other === undefined ? {} : { other }) }),
    ...rest.map((secret) => createRedactor({ key: secret })),
  ];
  return (text) => redactors.reduce((redacted, redact) => redact(redacted), text);
}

function mapText(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((member) => mapText(member, redact));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, mapText(member, redact)]));
}

/** The recording without keys. */
export function withoutSecrets(recording: Recording, redact: (text: string) => string): Recording {
  return mapText(recording, redact) as Recording;
}
