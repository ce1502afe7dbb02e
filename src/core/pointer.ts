/**
 * JSON Pointers (RFC 6901) with one extension: the token `*` stands for every index of an array.
 * Pure functions over plain JSON values; nothing here throws on a value of another shape.
 */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Splits `/data/0/url` into its unescaped tokens; the empty pointer is the whole document. */
export function pointerTokens(pointer: string): string[] {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) throw new TypeError(`A JSON pointer starts with "/": ${JSON.stringify(pointer)}`);
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

export function toPointer(tokens: readonly (string | number)[]): string {
  return tokens.map((token) => `/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function child(value: unknown, token: string): unknown {
  if (Array.isArray(value)) return /^(0|[1-9]\d*)$/.test(token) ? value[Number(token)] : undefined;
  if (value !== null && typeof value === 'object' && Object.hasOwn(value, token))
    return (value as Record<string, unknown>)[token];
  return undefined;
}

/** The value at a pointer without `*`, or undefined where the path leads nowhere. */
export function getAt(value: unknown, pointer: string): unknown {
  return getTokens(value, pointerTokens(pointer));
}

/** The same for a pointer that was split before. */
export function getTokens(value: unknown, tokens: readonly string[]): unknown {
  let at = value;
  for (const token of tokens) at = child(at, token);
  return at;
}

/** Every value at a pointer; `*` fans out over an array. Missing ends are left out. */
export function getAll(value: unknown, pointer: string): unknown[] {
  let found: unknown[] = [value];
  for (const token of pointerTokens(pointer)) {
    found = token === '*' ? found.flatMap((at) => (Array.isArray(at) ? at : [])) : found.map((at) => child(at, token));
  }
  return found.filter((at) => at !== undefined);
}

/** Tokens that would reach an object's prototype: pointers come from contract files and are not trusted that far. */
const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

/** Sets a value in place, making objects (or arrays, before a numeric token) on the way. */
export function setTokens(root: Json, tokens: readonly string[], value: Json): void {
  let at = root as Record<string, Json>;
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index] ?? '';
    if (forbidden.has(token)) throw new TypeError(`A pointer may not contain ${JSON.stringify(token)}`);
    if (index === tokens.length - 1) {
      at[token] = value;
      return;
    }
    let next = at[token];
    if (next === null || typeof next !== 'object') {
      next = /^\d+$/.test(tokens[index + 1] ?? '') ? [] : {};
      at[token] = next;
    }
    at = next as Record<string, Json>;
  }
}

/** A value with the member at the pointer set in place; the empty pointer replaces the whole. */
export function setAt(root: Json, pointer: string, value: Json): Json {
  const tokens = pointerTokens(pointer);
  if (tokens.length === 0) return value;
  setTokens(root, tokens, value);
  return root;
}

/** A copy of the value without the member at the pointer. */
export function withoutAt(value: Json, pointer: string): Json {
  const copy = structuredClone(value);
  const tokens = pointerTokens(pointer);
  const last = tokens.pop();
  const holder = getAt(copy, toPointer(tokens));
  if (last === undefined || holder === null || typeof holder !== 'object') return copy;
  if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else delete (holder as Record<string, unknown>)[last];
  return copy;
}

/** A copy of the value with the member at the pointer set; what does not lie on the way there is shared. */
export function withAt(value: Json, pointer: string, member: Json): Json {
  const root: { whole?: Json } = { whole: value };
  const tokens = ['whole', ...pointerTokens(pointer)];
  let at = root as Record<string, Json>;
  for (const token of tokens.slice(0, -1)) {
    const next = Object.hasOwn(at, token) ? at[token] : undefined;
    if (next === null || typeof next !== 'object') break;
    at[token] = Array.isArray(next) ? [...next] : { ...next };
    at = at[token] as Record<string, Json>;
  }
  setTokens(root as Json, tokens, member);
  return root.whole as Json;
}
