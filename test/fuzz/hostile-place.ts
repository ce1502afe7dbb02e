/** Paths, methods and headers that no honest client sends. */
import fc from 'fast-check';

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

/** The path of a vendor's own, mostly, or one that tries to lead somewhere else. */
export const hostilePath = (vendor: string, path: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constant(`/${vendor}${path}`) },
    { weight: 3, arbitrary: fc.constantFrom(...trickPaths).map((trick) => `/${vendor}${trick}`) },
    { weight: 1, arbitrary: fc.constantFrom(...trickPaths) },
    { weight: 1, arbitrary: fc.constantFrom(...controlPaths).map((rest) => `/__proofsheet${rest}`) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary-ascii', maxLength: 40 }).map((text) => `/${vendor}/${text}`) },
    { weight: 1, arbitrary: fc.constant(`http://evil.test/${vendor}${path}`) },
  );

export const methods = [
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

export const oddHeader: fc.Arbitrary<readonly [string, string]> = fc.oneof(
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
