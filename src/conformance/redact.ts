import type { Credential } from './evidence.js';

/** Keys that may never leave the process, by the place that stands for them in reports. */
export type Keys = Partial<Record<Extract<Credential, 'key' | 'other' | 'poor'>, string>>;

export const placeholders = { key: '<key>', other: '<other-key>', poor: '<poor-key>' } as const;

/** Replaces every key in a text, also where it stands URL-encoded, in Base64 or escaped in JSON. */
export function createRedactor(keys: Keys): (text: string) => string {
  const swaps = Object.entries(keys).flatMap(([name, key]): [string, string][] => {
    if (key === undefined || key === '') return [];
    const place = placeholders[name as keyof typeof placeholders];
    const forms = [key, encodeURIComponent(key), JSON.stringify(key).slice(1, -1), Buffer.from(key).toString('base64')];
    return [...new Set(forms)].map((form) => [form, place]);
  });
  // Longest first, so that a key that is the beginning of another leaves no rest behind.
  swaps.sort(([one], [other]) => other.length - one.length);
  return (text) => swaps.reduce((redacted, [secret, place]) => redacted.replaceAll(secret, place), text);
}
