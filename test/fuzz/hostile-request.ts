/** Requests that no honest client sends, and honest ones among them, as bytes for a socket. */
import fc from 'fast-check';
import { hostileBody } from './hostile-body.js';
import { hostilePath, methods, oddHeader } from './hostile-place.js';

/** A request as it will be written; header values and the path are Latin-1 text, so that any byte can stand there. */
export interface HostileRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  /**
   * Whole; in two parts or in many; with a length that is not true; the client is gone in the middle; or it says nothing
   * more from there on.
   */
  readonly sending: 'whole' | 'in-two' | 'in-drops' | 'too-short' | 'too-long' | 'hang-up' | 'stall';
}

/** What a request of a vendor looks like: where mutations start. */
export interface Seed {
  readonly vendor: string;
  readonly method: string;
  /** Behind the vendor's root. */
  readonly path: string;
  readonly body?: unknown;
}

const sending: fc.Arbitrary<HostileRequest['sending']> = fc.oneof(
  { weight: 1600, arbitrary: fc.constant('whole' as const) },
  { weight: 240, arbitrary: fc.constantFrom('in-two', 'in-drops', 'too-short', 'too-long', 'hang-up') },
  // The server's patience is what each of these costs.
  { weight: 1, arbitrary: fc.constant('stall' as const) },
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
        path: hostilePath(seed.vendor, seed.path),
        content: seed.body === undefined ? fc.constant(['', new Uint8Array()] as const) : hostileBody(seed.body),
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
