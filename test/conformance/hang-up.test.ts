/** What a run does about clients that hang up, over real sockets: what a vendor's users do to it every day. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { listen } from '../../mocks/adapters/node-http.js';
import { check } from '../../src/entry/conformance.js';
import { createMock } from '../../src/entry/mock.js';
import { createNodeWire } from '../../src/platform/node-wire.js';
import { WireError } from '../../src/platform/wire.js';
import { judgeMock } from '../support/judge.js';

const only = ['baseline', 'hang-up', 'hang-up-harmless', 'hang-up-charged-once'];

async function judged(vendor: string, faults: readonly string[]) {
  const { engine } = await createMock({ vendors: [vendor], faults, speed: 100 });
  const server = await listen(engine, { port: 0, host: '127.0.0.1' });
  try {
    return await check(vendor, { baseUrl: `${server.origin}/${vendor}`, only, failOn: 'note' });
  } finally {
    await server.close();
  }
}

describe('over sockets', () => {
  test.each(['apigo', 'evolink'])(
    '%s is accused of nothing',
    async (vendor) => {
      const report = await judged(vendor, []);
      expect(report.findings).toEqual([]);
      expect(report.checks.find(({ id }) => id === 'hang-up-harmless')?.verdict).toBe('pass');
    },
    60_000,
  );

  test.each([
    ['cancels-on-hang-up', 'hang-up-harmless', 'error', 'H7'],
    ['charges-hang-ups', 'hang-up-charged-once', 'error', 'H16'],
    ['keeps-places', 'hang-up-harmless', 'note', 'H18i'],
  ])(
    '%s is found',
    async (fault, id, severity, fact) => {
      const { findings } = await judged('evolink', [fault]);
      const telling = findings.filter((one) => one.check === id);
      expect(telling).toMatchObject([{ severity }]);
      expect(telling[0]?.ledger).toContain(fact);
    },
    60_000,
  );
});

test('what may cost money is told beforehand, and afterwards that nobody knows what became of it', async () => {
  const report = await judgeMock('apigo', [], 1, [], { only });
  const notes = report.probes?.find(({ id }) => id === 'hang-up')?.notes;
  expect(notes).toEqual(['16 submits were cut off: each may have become a task that nobody can ask for']);
  const bounded = await judgeMock('apigo', [], 1, [], { only, maxTasks: 10 });
  expect(bounded.probes?.find(({ id }) => id === 'hang-up')).toMatchObject({
    verdict: 'skipped',
    reason: 'could create 17 tasks, only 8 are left of --max-tasks',
  });
});

describe('a request whose client hangs up', () => {
  const withServer = async (
    answer: (message: IncomingMessage, hungUp: () => void) => string | undefined,
    hangUp: 'unread' | 'half-way',
  ) => {
    const { wire, close } = createNodeWire();
    let gone = (): void => undefined;
    const wasGone = new Promise<void>((resolve) => {
      gone = resolve;
    });
    let received = '';
    const server = createServer((message, response) => {
      message.on('data', (chunk: Buffer) => (received += chunk.toString()));
      message.on('end', () => response.write(answer(message, gone) ?? ''));
      response.on('close', gone);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      const request = { method: 'POST', url, headers: {}, body: 'all of it', timeoutMs: 5_000, maxBytes: 100, hangUp };
      const outcome = await wire(request).catch((error: unknown) => error);
      await wasGone;
      return { outcome, received };
    } finally {
      close();
      server.closeAllConnections();
      server.close();
    }
  };

  test.each([
    ['unread', undefined],
    ['half-way', 'data: 1\n\n'],
  ] as const)('%s arrives whole and is left without an answer', async (hangUp, first) => {
    const { outcome, received } = await withServer(() => first, hangUp);
    expect(outcome).toBeInstanceOf(WireError);
    expect(outcome).toMatchObject({ kind: 'hung-up' });
    expect(received).toBe('all of it');
  });
});
