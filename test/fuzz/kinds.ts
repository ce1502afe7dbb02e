import type { HostileRequest } from './hostile-request.js';

const anyUtf8 = new TextDecoder('utf-8', { fatal: true });

function isUtf8(bytes: Uint8Array): boolean {
  try {
    anyUtf8.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const textOf = ({ body }: HostileRequest) => Buffer.from(body).toString();

/** Ways in which a request can be hostile, each told by what is sent and not by how it was made up. */
const tests = {
  'invalid JSON': (request) =>
    request.headers.some(([name, value]) => name === 'content-type' && value === 'application/json') &&
    request.body.byteLength > 0 &&
    !isJson(textOf(request)),
  'deep nesting': (request) => /[[{]{500}/.test(textOf(request)),
  'huge numbers': (request) => /\d{17}|\d[eE]\+?\d{2}/.test(textOf(request)),
  'duplicate keys': (request) => /[{,]("\w+"):("[^"]*"|\d+),\1:/.test(textOf(request)),
  'names like __proto__': (request) => (textOf(request) + request.path).includes('__proto__'),
  'invalid UTF-8': ({ body }) => !isUtf8(body),
  'huge headers': ({ headers }) => headers.some(([, value]) => value.length > 16 * 1024),
  'wrong lengths': ({ headers, sending }) =>
    sending === 'too-short' || sending === 'too-long' || headers.some(([name]) => name === 'content-length'),
  'path tricks': ({ path }) => /\.\.|%|\/\/|\/_|[^!-~]|^[^/]/.test(path),
  'slow bodies': ({ sending, body }) => body.byteLength > 0 && ['in-two', 'in-drops', 'stall'].includes(sending),
  'early hang-ups': ({ sending }) => sending === 'hang-up',
} as const satisfies Readonly<Record<string, (request: HostileRequest) => boolean>>;

export type Kind = keyof typeof tests;

export const kinds = Object.keys(tests) as readonly Kind[];

/** In which ways a request is hostile; in none, if an honest client could have sent it. */
export function kindsOf(request: HostileRequest): Kind[] {
  return kinds.filter((kind) => tests[kind](request));
}
