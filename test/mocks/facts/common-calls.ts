/** The common facts about what is called, limited, paid and waited for. */
import { createHmac } from 'node:crypto';
import sharp from 'sharp';
import { expect } from 'vitest';
import { type Answer, messageOf, type Row, type VendorWay, without } from './vendor-way.js';

const hour = 3_600_000;
const receiver = 'http://127.0.0.1:3000/hook';
const refusedPrompt = 'a policy violation';

/** A submit that names a receiver; the id of its task. */
async function submitCalled(way: VendorWay, change: object = {}): Promise<string> {
  const accepted = await way.post({ ...change, [way.callback ?? '']: receiver });
  expect(accepted.status).toBe(200);
  return way.id?.(accepted.body) ?? '';
}

const told = ({ headers }: Answer, name: string) => Number(headers.get(name) ?? Number.NaN);

/** Passes the wait that a 429 tells of. */
function waitAsTold(way: VendorWay, refused: Answer) {
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, expect.stringMatching(/^[1-9]\d*$/)]);
  expect(messageOf(refused.body)).toEqual(expect.any(String));
  way.clock.advance(told(refused, 'retry-after') * 1000);
}

/** An answer with what programs decide by, and without the words for people. */
const named = ({ status, body }: Answer) =>
  JSON.stringify([status, body], (name, value) => (/message$/.test(name) ? undefined : value));

/** Answers of every kind: good ones, refusals of each part of a request, and those about a task. */
async function allKinds(way: VendorWay): Promise<Record<string, Answer>> {
  const { id, accepted, queued, running, final } = await way.run();
  const nobody = { authorization: 'Bearer sk-nobody' };
  return {
    accepted,
    refused: await way.post(without('prompt')),
    unparsed: await way.raw('POST', way.submit, { headers: { 'content-type': 'application/json' }, body: '{' }),
    nobody: await way.post({}, nobody),
    nowhere: await way.get('/v1/nothing/here'),
    wrongMethod: await way.raw('DELETE', way.submit),
    ...(way.poll === undefined || way.id === undefined
      ? {}
      : { queued, running, final, unknown: await way.poll(`${id}0`), polledByNobody: await way.poll(id, nobody) }),
  };
}

export const commonCalls: Readonly<Record<string, Row>> = {
  async H6i(way) {
    if (way.several === undefined) return;
    const urls = way.results((await way.run(way.several)).final.body);
    expect(urls.length).toBeGreaterThan(1);
    // Looked at as pixels: equal pictures in files that differ are equal pictures.
    const seen = await Promise.all(
      urls.map(async (url) => {
        const file = await (await way.download(url)).arrayBuffer();
        return (await sharp(Buffer.from(file)).raw().toBuffer()).toString('base64');
      }),
    );
    expect(new Set(seen).size).toBe(urls.length);
  },
  async H13(way) {
    if (way.callback === undefined) return;
    await submitCalled(way);
    await way.settle(hour);
    expect(Object.keys(way.calls[0]?.headers ?? {}).filter((name) => name.startsWith('webhook-'))).toEqual([]);

    const bytes = Buffer.from('a key of some bytes');
    for (const [secret, key] of [
      [`whsec_${bytes.toString('base64')}`, bytes],
      ['a plain text', 'a plain text'],
    ] as const) {
      const signing = await way.other({ secret });
      signing.statuses.push(500);
      await submitCalled(signing, { prompt: '灯台と猫 🐈‍⬛' });
      await signing.settle(hour);
      await signing.replay();
      expect(signing.calls.length).toBeGreaterThan(1);
      for (const { headers, body, at } of signing.calls) {
        const id = signing.calls[0]?.headers['webhook-id'];
        const timestamp = String(Math.floor(at / 1000));
        const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
        expect(headers).toMatchObject({
          'webhook-id': id,
          'webhook-timestamp': timestamp,
          'webhook-signature': `v1,${signature}`,
        });
      }
    }
  },
  async H13i(way) {
    if (way.callback === undefined) return;
    const step = 250;
    for (const prompt of ['A lake', refusedPrompt]) {
      const called = await way.other({});
      called.statuses.push(500, 500);
      const id = await submitCalled(called, { prompt });
      expect(called.calls).toEqual([]);
      const seen: { at: number; text: string }[] = [];
      for (let steps = 0; steps < 400; steps += 1) {
        seen.push({ at: called.clock.now(), text: JSON.stringify((await called.poll(id)).body) });
        await called.settle(step);
      }
      const final = seen.at(-1)?.text ?? '';
      const end = seen.find(({ text }) => text === final)?.at ?? Number.NaN;
      // The end lies between the first poll that told of it and the one before.
      const late = (called.calls[0]?.at ?? Number.NaN) - (end - step);
      expect([late > 0, late <= step]).toEqual([true, true]);
      await called.settle(hour);
      await called.replay();
      expect(called.calls.length).toBeGreaterThan(1);
      // Every call tells of the end, so the last one does as well.
      for (const { body } of called.calls) expect(JSON.parse(body)).toEqual(JSON.parse(final));
    }
    // A task that is over at once could be told before its id is known.
    const instant = await way.other({ scenario: 'instant' });
    await submitCalled(instant);
    expect(instant.calls).toEqual([]);
    await instant.settle(1_000);
    expect(instant.calls).toHaveLength(1);
  },
  async H14i(way) {
    const limited = await way.other({ scenario: 'tight-limits' });
    const id = limited.id?.((await limited.post()).body);
    // A synchronous vendor answers at the end of its work: what comes one by one never meets a limit.
    limited.clock.advance(hour);
    const ask = () => (id === undefined ? limited.post() : limited.poll(id));
    const answers = await Promise.all(Array.from({ length: 6 }, ask));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 429, 429]);
    expect(answers.map((one) => told(one, 'x-ratelimit-remaining'))).toEqual([3, 2, 1, 0, 0, 0]);
    for (const one of answers) expect(told(one, 'x-ratelimit-limit')).toBe(4);
    waitAsTold(limited, answers[5] as Answer);
    const again = await ask();
    expect(again.status).toBe(200);
    limited.clock.advance(told(again, 'x-ratelimit-reset') * 1000);
    expect(told(await ask(), 'x-ratelimit-remaining')).toBe(3);
    if (id === undefined) return;

    const busy = await way.other({ scenario: 'tight-limits' });
    for (let index = 0; index < 4; index += 1) expect((await busy.post()).status).toBe(200);
    // First the bucket is empty, then the four tasks fill all places: each says how long itself lasts.
    waitAsTold(busy, await busy.post());
    waitAsTold(busy, await busy.post());
    const last = await busy.post();
    expect(last.status).toBe(200);
    const advised = 5_000;
    for (let polls = 0; polls < 100; polls += 1) {
      busy.clock.advance(advised);
      expect((await busy.poll(busy.id?.(last.body) ?? '')).status).toBe(200);
    }
  },
  async H15(way) {
    for (const [kind, { status, headers, body }] of Object.entries(await allKinds(way))) {
      expect([kind, headers.get('content-type')]).toEqual([kind, expect.stringMatching(/^application\/json\b/)]);
      // An answer has a body, a GET makes nothing, and nobody asked for a part or another protocol.
      expect([kind, typeof body]).toEqual([kind, 'object']);
      expect([kind, [200, 400, 401, 404, 405].includes(status)]).toEqual([kind, true]);
      expect([kind, status === 401]).toEqual([kind, kind === 'nobody' || kind === 'polledByNobody']);
      // RFC 9110 sections 15.5.2 and 15.5.6: what each of the two must come with, and what no other says.
      expect([kind, headers.has('www-authenticate')]).toEqual([kind, status === 401]);
      expect([kind, headers.has('allow')]).toEqual([kind, status === 405]);
      expect([kind, headers.has('retry-after'), headers.has('location')]).toEqual([kind, false, false]);
    }
    const [url = ''] = way.results((await way.run()).final.body);
    expect((await way.download(url)).status).toBe(200);
    way.clock.advance(1_000 * hour);
    expect((await way.download(url)).status).toBe(410);
    expect((await way.download(`${url}.none`)).status).toBe(404);
  },
  async H15i(way) {
    const { accepted, queued, running } = await way.run();
    for (const { headers } of [accepted, queued, running]) expect(headers.get('cache-control')).toBe('no-store');

    const failed = way.id === undefined ? '' : (await way.run({ prompt: refusedPrompt })).id;
    const mistakes: Record<string, (headers: Record<string, string>) => Promise<Answer>> = {
      field: (headers) => way.post(without('prompt'), headers),
      key: (headers) => way.post({}, { ...headers, authorization: 'Bearer sk-nobody' }),
      path: (headers) => way.get('/v1/nothing/here', headers),
      money: (headers) => way.post({}, { ...headers, prefer: 'outcome=payment-required' }),
      server: (headers) => way.post({}, { ...headers, prefer: 'outcome=server-error' }),
      task: (headers) => way.poll('nonsense', headers),
      failed: (headers) => way.poll(failed, headers),
    };
    for (const [mistake, make] of Object.entries(mistakes)) {
      const english = named(await make({ 'accept-language': 'en' }));
      for (const language of ['ja', 'zh-CN', 'ar', 'de, *;q=0.1'])
        expect([mistake, language, named(await make({ 'accept-language': language }))]).toEqual([
          mistake,
          language,
          english,
        ]);
    }
  },
  async H16(way) {
    for (const change of [{}, { quality: 'high' }, { ...way.several }]) {
      const before = way.balance();
      const taken = () => before - way.balance();
      const accepted = await way.post(change);
      const reserved = taken();
      expect(reserved).toBeGreaterThan(0);
      const id = way.id?.(accepted.body);
      const answers = [accepted];
      for (let polls = 0; id !== undefined && polls < 30; polls += 1) {
        way.clock.advance(polls < 20 ? 2_500 : hour);
        answers.push(await way.poll(id));
        expect(taken()).toBe(reserved);
      }
      way.clock.advance(hour);
      expect(taken()).toBe(reserved);
      const [running, final] = [answers[1], answers.at(-1)];
      const costs = way.costs?.({ accepted: accepted.body, running: running?.body, final: final?.body }) ?? [];
      for (const cost of costs) expect(cost).toBeCloseTo(reserved, 5);
    }
    // Looked at in the end only: a vendor that refuses nobody for money holds it until the task has failed.
    const poor = `sk-${way.vendor}-poor`;
    await way.post({}, { authorization: `Bearer ${poor}` });
    way.clock.advance(hour);
    expect(way.balance(poor)).toBe(0);
  },
  async H17i(way) {
    const most = 10_000;
    const timed = async (what: string, work: () => Promise<unknown>) => {
      const began = way.clock.now();
      await work();
      expect([what, way.clock.now() - began <= most]).toEqual([what, true]);
    };
    const id = way.id?.((await way.post()).body);
    // What a synchronous vendor accepts holds the pictures: only that may take longer.
    if (id !== undefined) await timed('accepted', () => way.post());
    await timed('refused', () => way.post(without('prompt')));
    await timed('nobody', () => way.post({}, { authorization: 'Bearer sk-nobody' }));
    await timed('nowhere', () => way.get('/v1/nothing/here'));
    await timed('outcome', () => way.outcome('server-error'));
    if (id === undefined) return;
    await timed('unknown', () => way.poll('nonsense'));
    for (let polls = 0; polls < 30; polls += 1) {
      await timed('poll', () => way.poll(id));
      way.clock.advance(2_500);
    }
  },
};
