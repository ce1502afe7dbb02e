/** Bodies that no honest client sends, and honest ones among them. */
import fc from 'fast-check';

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

/** A content type and bytes, made from a body that would be legal. */
export function hostileBody(body: unknown): fc.Arbitrary<readonly [type: string, body: Uint8Array]> {
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
