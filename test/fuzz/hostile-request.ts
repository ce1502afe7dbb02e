/** Requests that no honest client sends, and honest ones among them, as bytes for a socket. */
import fc from 'fast-check';

/** A request as it will be written; header values and the path are Latin-1 text, so that any byte can stand there. */
export interface HostileRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  /** Whole; in two parts; with a length that is not true; or the client is gone in the middle. */
  readonly sending: 'whole' | 'in-two' | 'too-short' | 'too-long' | 'hang-up';
}

/** What a request of a vendor looks like: where mutations start. */
export interface Seed {
  readonly vendor: string;
  readonly method: string;
  /** Behind the vendor's root. */
  readonly path: string;
  readonly body?: unknown;
}

const oddNumbers = [0, -1, 1.5, 1e21, 2 ** 53, -0, 1e308];
const oddTexts = [
  '',
  '\u0000',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  '"><script>',
  '🪁'.repeat(3000),
  '1e999',
  '\ud800',
];
const oddNames = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  '',
  'n',
  'prompt',
  'size',
  'image_urls',
  'stream',
];
const oddValue = fc.oneof(
  fc.constantFrom<unknown>(...oddNumbers, ...oddTexts, true, false, null, [], {}, [[]], [null]),
  fc.jsonValue({ maxDepth: 3 }),
);

type Change = readonly ['set' | 'delete' | 'wrap' | 'repeat' | 'add', number, unknown, string];
const change: fc.Arbitrary<Change> = fc.tuple(
  fc.constantFrom('set', 'delete', 'wrap', 'repeat', 'add'),
  fc.nat(40),
  oddValue,
  fc.constantFrom(...oddNames),
);

interface Place {
  readonly holder: Record<string, unknown>;
  readonly name: string;
}

function placesOf(value: unknown, found: Place[] = []): Place[] {
  if (value === null || typeof value !== 'object') return found;
  for (const [name, member] of Object.entries(value)) {
    found.push({ holder: value as Record<string, unknown>, name });
    placesOf(member, found);
  }
  return found;
}

function define(holder: object, name: string, value: unknown): void {
  Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });
}

/** Changes the structure of a value, place by place. */
function changed(original: unknown, changes: readonly Change[]): unknown {
  const whole = { root: structuredClone(original) };
  for (const [kind, index, value, name] of changes) {
    const odd = structuredClone(value);
    const places = placesOf(whole);
    const place = places[index % places.length];
    if (place === undefined) break;
    const before = place.holder[place.name];
    if (kind === 'set') define(place.holder, place.name, odd);
    else if (kind === 'wrap') define(place.holder, place.name, [before]);
    else if (kind === 'repeat')
      define(
        place.holder,
        place.name,
        Array.from({ length: 20 }, () => structuredClone(before)),
      );
    else if (kind === 'add' && before !== null && typeof before === 'object') define(before, name, odd);
    else if (kind === 'delete' && place.holder !== whole) delete place.holder[place.name];
  }
  return whole.root;
}

const utf8 = (text: string) => new TextEncoder().encode(text);

/** JSON text that is no JSON any more, or JSON that only a parser in a hurry trips over. */
const brokenText = (text: string): fc.Arbitrary<Uint8Array> =>
  fc.oneof(
    fc.nat(text.length).map((end) => utf8(text.slice(0, end))),
    fc.tuple(fc.nat(text.length), fc.uint8Array({ maxLength: 8 })).map(([at, bytes]) => {
      const whole = utf8(text);
      return new Uint8Array([...whole.subarray(0, at), ...bytes, ...whole.subarray(at)]);
    }),
    fc.integer({ min: 1, max: 20_000 }).map((depth) => utf8('['.repeat(depth) + ']'.repeat(depth))),
    fc.constant(utf8(`{"prompt":"a","prompt":7,${text.slice(1)}`)),
    fc.constant(utf8(text.replace('{', '{"n":1e999999,"__proto__":{"prompt":"x"},'))),
    fc.uint8Array({ maxLength: 200 }),
    fc.constant(utf8(`\ufeff${text}`)),
  );

/** A form, mostly: its boundary may not be the one announced, its parts may have no end. */
const formBytes = fc
  .tuple(
    fc.constantFrom('x', 'y', ''),
    fc.array(
      fc.tuple(
        fc.constantFrom('prompt', 'image', 'image[]', 'image[0]', 'n', 'mask', 'file', '__proto__', '', 'a"b'),
        fc.uint8Array({ maxLength: 60 }),
        fc.boolean(),
      ),
      { maxLength: 20 },
    ),
    fc.constantFrom('--x--\r\n', '--x', ''),
  )
  .map(([boundary, parts, end]) => {
    const pieces = parts.flatMap(([name, bytes, isFile]) => [
      utf8(
        `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${isFile ? '; filename="a.png"' : ''}\r\n\r\n`,
      ),
      bytes,
      utf8('\r\n'),
    ]);
    return new Uint8Array(Buffer.concat([...pieces, utf8(end)]));
  });

const types = [
  'application/json',
  'application/json; charset=utf-8',
  'APPLICATION/JSON',
  'application/json;charset=latin1',
  'multipart/form-data; boundary=x',
  'multipart/form-data',
  'text/plain',
  'application/x-www-form-urlencoded',
  '__proto__',
  '',
  ';;;',
];

function bodyOf({ body }: Seed): fc.Arbitrary<readonly [type: string, body: Uint8Array]> {
  const json = fc
    .tuple(fc.array(change, { maxLength: 4 }), fc.nat(3))
    .chain(([changes, broken]) => {
      const text = JSON.stringify(changed(body ?? {}, changes)) ?? 'null';
      return broken === 0 ? brokenText(text) : fc.constant(utf8(text));
    })
    .map((bytes) => ['application/json', bytes] as const);
  const other = fc.tuple(
    fc.constantFrom(...types),
    fc.oneof(formBytes, fc.uint8Array({ maxLength: 300 }), fc.constant(utf8(JSON.stringify(body ?? {})))),
  );
  return fc.oneof({ weight: 3, arbitrary: json }, { weight: 2, arbitrary: other });
}

const trickPaths = [
  '/',
  '*',
  '//',
  '/../../etc/passwd',
  '/%2e%2e/%2e%2e/',
  '/%',
  '/%00',
  '/%ff%fe',
  '/__files/',
  '/__files/../1.png',
  '/__files/x/99.png',
  '/__uploads/%2e%2e.png',
  '/__uploads/a.png?namespace=__proto__',
  '?namespace=constructor',
  '/v1/tasks/%E0%A4%A',
  '/v1/tasks/__proto__',
  '/api/status?task_id=__proto__',
  '/api/status?task_id=%',
  `/v1/tasks/${'x'.repeat(8000)}`,
  `/v1/tasks/${'%2F'.repeat(300)}`,
  '/v1/images/generations/',
  '/v1/images/generations?language=%',
];
const controlPaths = [
  '',
  '/tasks?limit=-1',
  '/journal?status=x',
  '/tasks/%/x',
  '/accounts/__proto__/1',
  '/clock',
  '/x',
];

const pathOf = ({ vendor, path }: Seed): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constant(`/${vendor}${path}`) },
    { weight: 3, arbitrary: fc.constantFrom(...trickPaths).map((trick) => `/${vendor}${trick}`) },
    { weight: 1, arbitrary: fc.constantFrom(...trickPaths) },
    { weight: 1, arbitrary: fc.constantFrom(...controlPaths).map((rest) => `/__proofsheet${rest}`) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary-ascii', maxLength: 40 }).map((text) => `/${vendor}/${text}`) },
    { weight: 1, arbitrary: fc.constant(`http://evil.test/${vendor}${path}`) },
  );

const methods = [
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'post',
  'NOTHING',
  '',
];

const oddHeader: fc.Arbitrary<readonly [string, string]> = fc.oneof(
  fc.constantFrom<readonly [string, string]>(
    ['authorization', 'Bearer '],
    ['authorization', 'Bearer sk-nobody'],
    ['authorization', `Bearer ${'k'.repeat(5000)}`],
    ['authorization', 'Basic YTpi'],
    ['accept-language', ';q=;,,*;q=9'],
    ['accept-language', 'ja,'.repeat(500)],
    ['idempotency-key', '\u00e4'],
    ['idempotency-key', 'x'.repeat(300)],
    ['x-proofsheet-namespace', '../x'],
    ['x-proofsheet-namespace', 'fuzz'],
    ['prefer', 'outcome=__proto__'],
    ['prefer', 'outcome='],
    ['x-request-id', 'a\tb'],
    ['x-request-id', 'x'.repeat(500)],
    ['host', 'evil.test/"><script>'],
    ['host', ''],
    ['origin', 'https://page.test'],
    ['expect', '100-continue'],
    ['expect', 'nonsense'],
    ['transfer-encoding', 'chunked'],
    ['transfer-encoding', 'gzip'],
    ['content-length', '-1'],
    ['content-length', '99999999999999999999'],
    ['content-encoding', 'gzip'],
    ['upgrade', 'websocket'],
    ['range', 'bytes=0-0'],
    ['x-big', 'x'.repeat(20_000)],
    ['bad name', 'x'],
    ['x-odd', 'a\r\n b'],
  ),
  fc.tuple(
    fc.constantFrom('x-any', 'cookie', 'accept', 'user-agent'),
    fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)), maxLength: 30 }),
  ),
);

const sending: fc.Arbitrary<HostileRequest['sending']> = fc.oneof(
  { weight: 20, arbitrary: fc.constant('whole' as const) },
  { weight: 1, arbitrary: fc.constantFrom('in-two', 'too-short', 'too-long', 'hang-up') },
);

/** One request to one of the seeds: well meant in a good half of its parts, so that it gets far enough to do harm. */
export function hostileRequest(seeds: readonly [Seed, ...Seed[]]): fc.Arbitrary<HostileRequest> {
  return fc.constantFrom(...seeds).chain((seed) =>
    fc
      .record({
        method: fc.oneof(
          { weight: 8, arbitrary: fc.constant(seed.method) },
          { weight: 1, arbitrary: fc.constantFrom(...methods) },
        ),
        path: pathOf(seed),
        content: seed.body === undefined ? fc.constant(['', new Uint8Array()] as const) : bodyOf(seed),
        odd: fc.array(oddHeader, { maxLength: 2 }),
        plain: fc.nat(2),
        sending,
      })
      .map(({ content: [type, body], odd, plain, ...rest }) => ({
        ...rest,
        headers: [
          ['host', '127.0.0.1'],
          ['authorization', `Bearer sk-${seed.vendor}-test`],
          ...(type === '' ? [] : [['content-type', type] as const]),
          ...(plain === 0 ? odd : []),
        ],
        body,
      })),
  );
}
