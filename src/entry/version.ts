import { readFileSync } from 'node:fs';

/** The version of this package, from its package.json: two folders up in the sources, three in the build. */
export function packageVersion(): string {
  for (const place of ['../../package.json', '../../../package.json']) {
    try {
      const found = JSON.parse(readFileSync(new URL(place, import.meta.url), 'utf8')) as Record<string, unknown>;
      if (found['name'] === 'proofsheet') return String(found['version']);
    } catch {
      // The other place has it.
    }
  }
  return '0.0.0';
}
