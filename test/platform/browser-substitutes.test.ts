/** What stands in for Node's modules in a browser gives what Node gives. The canvas is tried by `npm run test:browser`. */
import nodeCrypto from 'node:crypto';
import nodeNet from 'node:net';
import nodeZlib from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { zlibStream as nodeZlibStream } from '../../mocks/images/zlib-stream.js';
import { Buffer as Substitute } from '../../src/platform/browser/buffer.js';
import { createHash, createHmac, timingSafeEqual } from '../../src/platform/browser/crypto.js';
import { BlockList, isIP } from '../../src/platform/browser/net.js';
import { setImmediate as later } from '../../src/platform/browser/set-immediate.js';
import { crc32 } from '../../src/platform/browser/zlib.js';
import { zlibStream } from '../../src/platform/browser/zlib-stream.js';

const bytes = fc.uint8Array({ maxLength: 300, size: 'max' });

test('hashes and signatures are those of SHA-256', () => {
  fc.assert(
    fc.property(bytes, bytes, (key, message) => {
      expect(createHash('sha256').update(message).digest('hex')).toBe(
        nodeCrypto.createHash('sha256').update(message).digest('hex'),
      );
      expect(createHmac('sha256', key).update('1.').update(message).digest('base64')).toBe(
        nodeCrypto.createHmac('sha256', key).update('1.').update(message).digest('base64'),
      );
      expect(timingSafeEqual(key, message)).toBe(Buffer.from(key).equals(message));
      expect(timingSafeEqual(key, key.slice())).toBe(true);
    }),
  );
});

test('checksums and compressed bytes are read by Node', async () => {
  await fc.assert(
    fc.asyncProperty(bytes, async (data) => {
      expect(crc32(data)).toBe(nodeZlib.crc32(data));
      const pieces = [data.subarray(0, 100), data.subarray(100)];
      for (const make of [zlibStream, nodeZlibStream])
        expect(nodeZlib.inflateSync(Buffer.concat(await make(pieces))).equals(data)).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test('text and bytes turn into each other as with Node', () => {
  const encodings = ['utf8', 'latin1', 'base64'] as const;
  fc.assert(
    fc.property(bytes, fc.string({ unit: 'binary' }), fc.constantFrom(...encodings), (data, text, encoding) => {
      expect(Substitute.from(data).toString(encoding)).toBe(Buffer.from(data).toString(encoding));
      expect(Substitute.byteLength(text)).toBe(Buffer.byteLength(text));
      const encoded = Buffer.from(data).toString('base64');
      expect([...Substitute.from(encoded, 'base64')]).toEqual([...data]);
      const part = data.subarray(data.length >> 1);
      expect(Substitute.from(part.buffer, part.byteOffset, part.byteLength).toString('latin1')).toBe(
        Buffer.from(part).toString('latin1'),
      );
    }),
  );
});

test('text is written and read at any place of some bytes as with Node', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), fc.nat(20), (text, at, rest) => {
      const size = Buffer.byteLength(text);
      const [theirs, ours] = [Buffer.alloc(at + size + rest), Substitute.allocUnsafeSlow(at + size + rest)];
      expect(ours.write(text, at)).toBe(theirs.write(text, at));
      expect(ours.toString('utf8', at, at + size)).toBe(text);
      const [theirCopy, ourCopy] = [Buffer.alloc(size + 3), Substitute.allocUnsafeSlow(size + 3)];
      expect(ours.copy(ourCopy, 3, at, at + size)).toBe(theirs.copy(theirCopy, 3, at, at + size));
      expect([...ourCopy]).toEqual([...theirCopy]);
      expect(Substitute.isBuffer(ourCopy)).toBe(true);
    }),
  );
});

test('addresses are sorted as with Node', () => {
  const octet = fc.integer({ min: 0, max: 300 });
  const address = fc.tuple(octet, octet, octet, octet).map((parts) => parts.join('.'));
  fc.assert(
    fc.property(address, fc.integer({ min: 1, max: 32 }), (text, bits) => {
      expect(isIP(text)).toBe(nodeNet.isIP(text));
      if (isIP(text) === 0) return;
      const [ours, theirs] = [new BlockList(), new nodeNet.BlockList()];
      for (const list of [ours, theirs]) list.addSubnet('10.20.0.0', bits, 'ipv4');
      expect(ours.check(text, 'ipv4')).toBe(theirs.check(text, 'ipv4'));
    }),
  );
  expect(['::1', 'localhost', 'example.com'].map(isIP)).toEqual([6, 0, 0]);
});

test('what is put off comes after what is promised', async () => {
  const order: string[] = [];
  await new Promise<void>((done) => {
    later(() => {
      order.push('later');
      done();
    });
    void Promise.resolve().then(() => order.push('promised'));
  });
  expect(order).toEqual(['promised', 'later']);
});
