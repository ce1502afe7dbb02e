import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect } from 'vitest';
import { listen } from '../../../mocks/adapters/node-http.js';
import { root } from '../../support/source-tree.js';
import { commonCalls } from './common-calls.js';
import { messageOf, type Row, type VendorWay } from './vendor-way.js';

/** What a client is told that begins a request and does not go on. */
function untilClosed(port: number, begun: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(begun));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    socket.on('close', () => resolve(answer));
  });
}

const post = (way: VendorWay, init: RequestInit) => way.raw('POST', way.submit, init);

/** What any task API owes, tried with every vendor. */
export const common: Readonly<Record<string, Row>> = {
  async H1(way) {
    for (const authorization of ['', 'Bearer', 'Bearer sk-nobody', `Basic ${way.key}`]) {
      const refused = await post(way, { headers: { authorization }, body: JSON.stringify(way.legal) });
      expect([refused.status, messageOf(refused.body)]).toEqual([401, expect.any(String)]);
    }
  },
  async H1i(way) {
    expect((await post(way, { headers: { authorization: 'Bearer sk-nobody' }, body: '{' })).status).toBe(401);
  },
  async H2(way) {
    const accepted = await way.post();
    expect(accepted.headers.get('content-type')).toMatch(/^application\/json/);
    for (const body of ['{', '[1', '\u0000', '{"prompt": "x",}']) {
      const refused = await post(way, { headers: { 'content-type': 'application/json' }, body });
      expect([refused.status, messageOf(refused.body)]).toEqual([400, expect.any(String)]);
    }
  },
  H2i: (way) =>
    way.refuses(
      ...Object.keys(way.legal)
        .filter((name) => name === 'prompt' || name === 'model')
        .map((name) => ({ [name]: null })),
      { quality: 'HIGH' },
      { quality: ' high' },
    ),
  H3: (way) => way.accepts({ seed: 7, resolution: '2K', nsfw_check: true, own: { deep: [1] } }),
  async H4(way) {
    const unknown = await way.get('/v1/nothing/here');
    expect([unknown.status, messageOf(unknown.body)]).toEqual([404, expect.any(String)]);
    const wrong = await way.raw('DELETE', way.submit);
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST']);
    expect(messageOf(wrong.body)).toEqual(expect.any(String));
  },
  async H5(way) {
    const at = { port: 0, host: '127.0.0.1' };
    const server = await listen(way.engine, { ...at, maxBodyBytes: 1000 });
    const impatient = await listen(way.engine, { ...at, patience: { headersMs: 60, wholeMs: 120 } });
    const path = `/${way.vendor}${way.submit}`;
    const head = `POST ${path} HTTP/1.1\r\nhost: x\r\n`;
    try {
      const large = await fetch(server.origin + path, { method: 'POST', body: 'x'.repeat(1001) });
      expect([large.status, messageOf((await large.json()) as object)]).toEqual([413, expect.any(String)]);
      expect((await fetch(`${server.origin}/nothing`)).status).toBe(404);
      // Neither a head nor a body that does not come is waited for.
      for (const begun of [head, `${head}content-length: 9\r\n\r\n{"pro`])
        expect(await untilClosed(impatient.port, begun)).toMatch(/^HTTP\/1\.1 408 /);
    } finally {
      await Promise.all([server.close(), impatient.close()]);
    }
    await way.accepts({});
  },
  async H6(way) {
    expect(await way.pictures()).toMatchObject([{ size: '1024x1024', format: 'png' }]);
  },
  async H6c(way) {
    const [url = ''] = way.results((await way.run()).final.body);
    for (const authorization of ['Bearer anything', `Bearer ${way.key}`])
      expect((await way.download(url, { authorization })).status).toBe(200);
  },
  async H7(way) {
    if (way.id === undefined) return;
    const id = way.id((await way.post()).body);
    way.clock.advance(3_000);
    const before = way.balance();
    const answers = [];
    for (let index = 0; index < 20; index += 1) answers.push((await way.poll(id)).body);
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(way.balance()).toBe(before);
  },
  async H8(way) {
    if (way.id === undefined) return;
    for (const prompt of ['A lake', 'a policy violation']) {
      const { id, final } = await way.run({ prompt });
      for (const ms of [1, 60_000, 3_600_000]) {
        way.clock.advance(ms);
        expect((await way.poll(id)).body).toEqual(final.body);
      }
    }
  },
  async H9(way) {
    if (way.id === undefined) return;
    const { id } = await way.run();
    const foreign = await way.poll(id, { authorization: `Bearer sk-${way.vendor}-other` });
    expect(foreign.status).toBeGreaterThanOrEqual(400);
    expect(JSON.stringify(foreign.body)).not.toContain('http');
  },
  async H9i(way) {
    if (way.id === undefined) return;
    const { id } = await way.run();
    const foreign = await way.poll(id, { authorization: `Bearer sk-${way.vendor}-other` });
    const unknown = await way.poll(`${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`);
    expect([foreign.status, foreign.body]).toEqual([unknown.status, unknown.body]);
  },
  async H10(way) {
    const prompt = '灯台と猫 🐈‍⬛ فانوس البحر';
    await way.accepts({ prompt });
    const told = JSON.stringify((await way.run({ prompt: `${prompt} policy violation` }).catch(() => undefined)) ?? {});
    expect(told).not.toContain('\ufffd');
    // Whoever repeats the request repeats it whole.
    expect(told.includes('"prompt"')).toBe(told.includes(prompt));
  },
  async H11(way) {
    const folder = join(root, 'specs', way.vendor, 'examples');
    const requests = readdirSync(folder).filter((name) => name.includes('request'));
    expect(requests.length).toBeGreaterThan(0);
    for (const name of requests) {
      const { body } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { body: object };
      const sent = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
      // A receiver elsewhere is refused by default: a mock is no way to reach others.
      const open = await way.other({ callbacks: 'vendor' });
      expect([name, (await post(open, sent)).status]).toEqual([name, 200]);
    }
  },
  async H12(way) {
    const before = way.balance();
    await way.post({ prompt: undefined });
    await way.post({ prompt: 'a policy violation' });
    way.clock.advance(600_000);
    expect(way.balance()).toBe(before);
    if (way.id === undefined) return;
    const { id, queued, running, final } = await way.run();
    for (const answer of [queued, running, final]) expect(JSON.stringify(answer.body)).toContain(id);
  },
  ...commonCalls,
  async H18i(way) {
    const limited = await way.other({ scenario: 'tight-limits' });
    const places = 4;
    for (let index = 0; index < places; index += 1) {
      const client = new AbortController();
      const headers = { 'content-type': 'application/json' };
      const asked = { headers, body: JSON.stringify(way.legal), signal: client.signal };
      const answered = limited.raw('POST', way.submit, asked);
      client.abort();
      await answered;
    }
    limited.clock.advance(3_600_000);
    for (let index = 0; index < places; index += 1) expect((await limited.post()).status).toBe(200);
  },
  async H19i(way) {
    const refused = async () => {
      const accepted = await way.post({ prompt: 'a policy violation' });
      if (way.id === undefined || accepted.status !== 200) return JSON.stringify([accepted.status, accepted.body]);
      const id = way.id(accepted.body);
      way.clock.advance(3_600_000);
      const { body } = await way.poll(id);
      return JSON.stringify([body.error ?? body.data.error ?? body.data.error_message]);
    };
    const answers = [await refused(), await refused(), await refused()];
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('policy');
  },
};
