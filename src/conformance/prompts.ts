import type { Rng } from '../platform/random.js';

const subjects = ['paper boat', 'stone bridge', 'red kite', 'glass jar', 'wooden chair', 'garden gate'] as const;
const places = ['on a calm river', 'at the edge of a field', 'under a clear sky', 'in a quiet room'] as const;

/** A harmless prompt, equal for equal seeds. */
export function plainPrompt(rng: Rng): string {
  return `A ${rng.pick(subjects)} ${rng.pick(places)}, study ${rng.integer(1, 9999)}`;
}

/** Chinese, Japanese, Korean, right-to-left, combining marks, emoji with a joiner and a character beyond 16 bits. */
export const unicodePrompt = '一只猫 月明かりの灯台 바다 قارب شراعي שלום é a\u0308 👩‍🎨 🏳️‍🌈 𝒳';
