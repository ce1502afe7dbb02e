import type { Rng } from '../../src/platform/random.js';

const alphabets: Record<string, string> = {
  alnum: '0123456789abcdefghijklmnopqrstuvwxyz',
  base32: '0123456789ABCDEFGHJKMNPQRSTVWXYZ',
};

/** Fills a contract's id template: `{unix}`, `{alnum:N}`, `{base32:N}`. */
export function makeTaskId(template: string, now: number, rng: Rng): string {
  return template.replaceAll(/\{(\w+)(?::(\d+))?\}/g, (_, kind: string, length: string | undefined) =>
    kind === 'unix'
      ? String(Math.floor(now / 1000))
      : rng.text(alphabets[kind] ?? '0123456789abcdef', Number(length ?? 16)),
  );
}
