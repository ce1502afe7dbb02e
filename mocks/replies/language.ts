import type { EngineRequest } from '../message.js';

interface Wish {
  readonly language: string;
  readonly weight: number;
}

function readWish(part: string): Wish {
  const [tag = '', ...parameters] = part.split(';').map((one) => one.trim());
  const quality = parameters.find((one) => one.startsWith('q='));
  const weight = quality === undefined ? 1 : Number(quality.slice(2));
  return { language: tag.slice(0, 2).toLowerCase(), weight: Number.isNaN(weight) ? 0 : weight };
}

/** The languages that a client wants messages in, the dearest first: `?language=`, then `Accept-Language`. */
function languagesOf({ query, headers }: Pick<EngineRequest, 'query' | 'headers'>): readonly string[] {
  const asked = query.includes('language=') ? new URLSearchParams(query).get('language') : null;
  const header = headers['accept-language'];
  if (asked === null && header === undefined) return [];
  const wishes = (header ?? '').split(',').slice(0, 16).map(readWish);
  const accepted = wishes.filter(({ weight }) => weight > 0).sort((one, other) => other.weight - one.weight);
  return [...(asked === null ? [] : [asked.trim().toLowerCase()]), ...accepted.map(({ language }) => language)];
}

/** The message in the first wanted language that there is; undefined where English is wanted before, or none is. */
export function messageFor(
  messages: Readonly<Record<string, string>> | undefined,
  request: Pick<EngineRequest, 'query' | 'headers'>,
): string | undefined {
  if (messages === undefined) return undefined;
  const language = languagesOf(request).find((one) => one === 'en' || Object.hasOwn(messages, one));
  return language === undefined ? undefined : messages[language];
}
