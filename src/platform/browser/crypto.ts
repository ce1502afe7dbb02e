/** Names of calls and accounts come from SHA-256; the platform's own only works asynchronously. FIPS 180-4. */
const primes: number[] = [];
for (let candidate = 2; primes.length < 64; candidate += 1)
  if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);

/** The first 32 bits of a number's fraction. */
const fraction = (value: number) => ((value - Math.floor(value)) * 2 ** 32) | 0;
const constants = primes.map((prime) => fraction(Math.cbrt(prime)));
const initial = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));

const turn = (value: number, bits: number) => (value >>> bits) | (value << (32 - bits));

function sha256(message: Uint8Array): Uint8Array {
  const blocks = new DataView(new ArrayBuffer(Math.ceil((message.length + 9) / 64) * 64));
  new Uint8Array(blocks.buffer).set(message);
  blocks.setUint8(message.length, 0x80);
  blocks.setBigUint64(blocks.byteLength - 8, BigInt(message.length) * 8n);
  const state = Int32Array.from(initial);
  const words = new Int32Array(64);
  for (let block = 0; block < blocks.byteLength; block += 64) {
    for (let i = 0; i < 16; i += 1) words[i] = blocks.getInt32(block + 4 * i);
    for (let i = 16; i < 64; i += 1) {
      const [w2 = 0, w7 = 0, w15 = 0, w16 = 0] = [words[i - 2], words[i - 7], words[i - 15], words[i - 16]];
      const s0 = turn(w15, 7) ^ turn(w15, 18) ^ (w15 >>> 3);
      const s1 = turn(w2, 17) ^ turn(w2, 19) ^ (w2 >>> 10);
      words[i] = w16 + s0 + w7 + s1;
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
    for (let i = 0; i < 64; i += 1) {
      const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
      const one = (h + s1 + ((e & f) ^ (~e & g)) + (constants[i] ?? 0) + (words[i] ?? 0)) | 0;
      const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
      const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => {
      state[i] = (state[i] ?? 0) + value;
    });
  }
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((value, i) => void digest.setInt32(4 * i, value));
  return new Uint8Array(digest.buffer);
}

const utf8 = new TextEncoder();
const bytesOf = (data: string | Uint8Array) => (typeof data === 'string' ? utf8.encode(data) : data);

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

interface Hash {
  update(data: string | Uint8Array): Hash;
  digest(encoding: 'hex' | 'base64'): string;
}

function hashing(finish: (message: Uint8Array) => Uint8Array): Hash {
  let message = new Uint8Array();
  const hash: Hash = {
    update(data) {
      message = joined(message, bytesOf(data)) as typeof message;
      return hash;
    },
    digest(encoding) {
      const bytes = finish(message);
      return encoding === 'base64'
        ? btoa(String.fromCharCode(...bytes))
        : Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    },
  };
  return hash;
}

export const createHash = (_algorithm: 'sha256'): Hash => hashing(sha256);

/** RFC 2104. */
export function createHmac(_algorithm: 'sha256', secret: string | Uint8Array): Hash {
  const long = bytesOf(secret);
  const key = new Uint8Array(64);
  key.set(long.length > 64 ? sha256(long) : long);
  const mixed = (with_: number) => key.map((byte) => byte ^ with_);
  return hashing((message) => sha256(joined(mixed(0x5c), sha256(joined(mixed(0x36), message)))));
}

/** Looks at every byte, whatever it finds. */
export function timingSafeEqual(one: Uint8Array, other: Uint8Array): boolean {
  let difference = one.length ^ other.length;
  for (let at = 0; at < one.length; at += 1) difference |= (one[at] ?? 0) ^ (other[at] ?? 0);
  return difference === 0;
}
