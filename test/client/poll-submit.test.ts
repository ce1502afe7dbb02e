/** The whole client against a vendor that does anything: one submit, whatever happens, and a poller that ends. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { vendorIds } from '../../specs/index.gen.js';
import { ContractBrokenError } from '../../src/client/errors/contract-broken-error.js';
import { DeadlineError } from '../../src/client/errors/deadline-error.js';
import { OutcomeUnknownError } from '../../src/client/errors/outcome-unknown-error.js';
import { TaskFailedError } from '../../src/client/errors/task-failed-error.js';
import { VendorRefusedError } from '../../src/client/errors/vendor-refused-error.js';
import { createImageClient } from '../../src/client/image-client.js';
import { NotJudgedError } from '../../src/core/errors.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { anyPolicy } from '../core/polling/policy-bounds.js';
import { BASE, contractOf, createFakeVendor, type FakeAnswer, KEY } from './fake-vendor.js';

const contract = await contractOf('gptimage15');
const lake = { prompt: 'A calm lake at dawn' };
const seed = { seed: 1502 };
const TASK = 'n36t1gptimg';

type Behaviour = () => FakeAnswer | undefined | Promise<FakeAnswer>;

const hang: Behaviour = () => new Promise<never>(() => undefined);
const broken =
  (code: string): Behaviour =>
  () =>
    Promise.reject(Object.assign(new TypeError('fetch failed'), { code }));
const envelope = (status: number, headers: Record<string, string> = {}): FakeAnswer => ({
  status,
  headers,
  body: { code: status, message: 'no', data: null },
});
const poll = (data: Record<string, unknown>): Behaviour => {
  return () => ({ status: 200, body: { code: 200, data: { task_id: TASK, ...data } } });
};

/** What may become of a submit, and the errors that may tell of it; undefined: it is accepted as it should be. */
const submits: Readonly<Record<string, { readonly does: Behaviour; readonly error?: unknown }>> = {
  accepted: { does: () => undefined },
  'refused as wrong': { does: () => envelope(400), error: VendorRefusedError },
  'refused as too many': { does: () => envelope(429, { 'retry-after': '1' }), error: VendorRefusedError },
  'failed in the vendor’s own words': { does: () => envelope(500), error: VendorRefusedError },
  'busy in the vendor’s own words': { does: () => envelope(503, { 'retry-after': '2' }), error: VendorRefusedError },
  'given up by a gateway': { does: () => ({ status: 504, body: '<html>' }), error: OutcomeUnknownError },
  'refused by a gateway': {
    does: () => ({ status: 503, body: '', headers: { 'retry-after': '1' } }),
    error: OutcomeUnknownError,
  },
  'broken off': { does: broken('ECONNRESET'), error: OutcomeUnknownError },
  'never answered': { does: hang, error: OutcomeUnknownError },
  'never sent': { does: broken('ECONNREFUSED'), error: NotJudgedError },
  'sent elsewhere': {
    does: () => ({ status: 307, body: '', headers: { location: `${BASE}/api/generate` } }),
    error: VendorRefusedError,
  },
  'accepted without JSON': { does: () => ({ status: 200, body: 'ok' }), error: ContractBrokenError },
  'accepted without an id': {
    does: () => ({ status: 200, body: { code: 200, data: {} } }),
    error: ContractBrokenError,
  },
};

const polls: Readonly<Record<string, Behaviour>> = {
  running: poll({ status: 'IN_PROGRESS', created_at: '2025-01-01T00:00:00Z' }),
  failed: poll({ status: 'FAILED', error_message: 'no' }),
  succeeded: poll({ status: 'SUCCESS', response: [`${BASE}/files/1.png`] }),
  unknown: poll({ status: 'PAUSED' }),
  'another task': poll({ task_id: 'n36t2gptimg', status: 'SUCCESS' }),
  'no JSON': () => ({ status: 200, body: '<html>' }),
  missing: () => envelope(404),
  refused: () => envelope(401),
  error: () => envelope(500),
  gateway: () => ({ status: 502, body: '<html>' }),
  busy: () => envelope(429, { 'retry-after': '7' }),
  'broken off': broken('ECONNRESET'),
  silence: hang,
};

const asListed = fc.constantFrom(...Object.keys(polls));
const usual = fc.constantFrom('running', 'running', 'missing', 'error', 'gateway', 'busy', 'broken off', 'silence');

test('a submit is sent exactly once, however it ends and whatever the polls do after it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        { weight: 1, arbitrary: fc.constantFrom(...Object.keys(submits)) },
        { weight: 2, arbitrary: fc.constant('accepted') },
      ),
      fc.array(fc.oneof({ weight: 5, arbitrary: usual }, { weight: 1, arbitrary: asListed }), { maxLength: 15 }),
      asListed,
      anyPolicy({ min: 100, max: 20_000 }),
      fc.integer({ min: 1, max: 300_000 }),
      fc.option(fc.integer({ min: 0, max: 100_000 }), { nil: undefined }),
      async (submit, first, last, { policy }, timeoutMs, abortMs) => {
        const clock = createVirtualClock();
        const startAt = clock.now();
        const { does, error } = submits[submit] ?? { does: () => undefined };
        const vendor = createFakeVendor({
          clock,
          onSubmit: does,
          onPoll: (count) => polls[first[count - 1] ?? last]?.(),
        });
        const client = createImageClient({ contract, apiKey: KEY, baseUrl: BASE, transport: vendor.transport, clock });
        const given = new AbortController();
        const reason = new Error('enough');
        if (abortMs !== undefined) void clock.sleep(abortMs).then(() => given.abort(reason));
        const end: unknown = await clock.run(() =>
          client
            .generate(lake, { timeoutMs, pollPolicy: policy, signal: given.signal })
            .catch((thrown: unknown) => thrown),
        );
        expect(vendor.counts.submits).toBe(1);
        expect(vendor.requests.filter(({ method }) => method !== 'GET')).toHaveLength(1);
        expect(clock.now() - startAt).toBeLessThanOrEqual(timeoutMs);
        if (error !== undefined) {
          expect(end).toBeInstanceOf(error);
          expect(vendor.counts.polls).toBe(0);
        } else if (end instanceof Error) {
          const known = [ContractBrokenError, DeadlineError, OutcomeUnknownError, TaskFailedError, VendorRefusedError];
          if (end !== reason) expect(known.some((type) => end instanceof type)).toBe(true);
          // Whoever waited in vain can go on where it ended.
          if (end !== reason) expect(end).toMatchObject({ taskId: TASK });
        } else expect(end).toMatchObject({ taskId: TASK });
        // A word that cannot be understood is asked about once.
        const strange = first.findIndex((name) => ['unknown', 'another task', 'no JSON'].includes(name));
        if (strange >= 0) expect(vendor.counts.polls).toBeLessThanOrEqual(strange + 1);
      },
    ),
    { ...seed, numRuns: 300 },
  );
});

test('no vendor offers an idempotency key, so no submit may be sent again after an outcome that nobody knows', async () => {
  // Where this fails a contract has begun to offer one: then `sendSubmit` may, with one key for both, try a second time.
  for (const vendor of vendorIds) {
    const { operations } = await contractOf(vendor);
    const headers = operations.flatMap(({ id, parameters }) => parameters.map(({ name }) => `${id} ${name}`));
    expect(headers.filter((name) => /idempoten/i.test(name))).toEqual([]);
  }
});
