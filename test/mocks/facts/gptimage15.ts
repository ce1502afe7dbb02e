import { expect } from 'vitest';
import { contractFile } from '../../../specs/index.gen.js';
import { loadContract } from '../../../src/contract/load-contract.js';
import { addresses, type Manner, type Row, without } from './vendor-way.js';

export const manner: Manner = {
  vendor: 'gptimage15',
  submit: '/api/generate',
  legal: { prompt: 'A lake' },
  id: ({ data }) => data.task_id,
  poll: (id) => `/api/status?task_id=${id}`,
  results: ({ data }) => data.response,
  callback: 'callback_url',
  costs: ({ running }) => [running.data.consumed_credits],
};

const refusal = (code: number) => ({ code, message: expect.any(String), data: null });

export const rows: Readonly<Record<string, Row>> = {
  G1: (way) => way.accepts({}),
  async G2(way) {
    await way.accepts({ prompt: 'x'.repeat(2000) }, { prompt: '🪁'.repeat(2000) });
    await way.refuses(without('prompt'), { prompt: 'x'.repeat(2001) });
  },
  async G3(way) {
    expect(await way.sizeOf({})).toBe('1024x1024');
    expect(await way.sizeOf({ size: '1024*1536' })).toBe('1024x1536');
    expect(await way.sizeOf({ size: '1536*1024' })).toBe('1536x1024');
    await way.refuses({ size: '1024x1024' });
  },
  async G4(way) {
    await way.accepts({ quality: 'low' }, { quality: 'medium' }, { quality: 'high' });
    await way.refuses({ quality: 'auto' });
  },
  G5: (way) => way.accepts({ images: addresses(2) }),
  async G6(way) {
    await way.accepts({ input_fidelity: 'low' }, { input_fidelity: 'high', images: addresses(1) });
    await way.refuses({ input_fidelity: 'medium' });
  },
  async G7(way) {
    await way.post({ callback_url: 'http://127.0.0.1:3000/' });
    expect(way.calls).toHaveLength(0);
    await way.settle(60_000);
    expect(way.calls.map(({ url }) => url)).toEqual(['http://127.0.0.1:3000/']);
  },
  async G7i(way) {
    way.statuses.push(201);
    const id = manner.id?.((await way.post({ callback_url: 'http://127.0.0.1:3000/' })).body) ?? '';
    await way.settle(600_000);
    expect(way.calls.map(({ body }) => JSON.parse(String(body)))).toEqual([(await way.poll(id)).body]);
  },
  async G8(way) {
    const { status, body } = await way.post();
    const data = { task_id: expect.any(String), status: expect.any(String) };
    expect([status, body]).toEqual([200, { code: 200, data }]);
  },
  async G8x(way) {
    expect((await way.post()).body.data.status).toBe('IN_PROGRESS');
  },
  async G9(way) {
    expect((await way.post()).body.data.task_id).toMatch(/^[a-z0-9]+gptimg$/);
  },
  async G10(way) {
    const { body } = await way.post(without('prompt'));
    expect([body, body.message]).toEqual([refusal(400), expect.stringMatching(/\bprompt\b/)]);
  },
  async G10i(way) {
    for (const outcome of ['invalid', 'unauthorized', 'server-error']) {
      const { status, body } = await way.outcome(outcome);
      expect(status).toBe(body.code);
    }
  },
  async G11(way) {
    expect((await way.post()).body.code).toBe(200);
    expect((await way.post({ size: '9*9' })).body).toEqual(refusal(400));
    expect((await way.post({}, { authorization: 'Bearer sk-nobody' })).body).toEqual(refusal(401));
    expect((await way.poll('nothing')).body).toEqual(refusal(404));
    expect((await way.outcome('server-error')).body).toEqual(refusal(500));
  },
  async G12(way) {
    const id = manner.id?.((await way.post()).body) ?? '';
    expect((await way.get(`/api/status?task_id=${id}`)).body.data.task_id).toBe(id);
    expect((await way.get(`/api/status?other=1&task_id=${id}`)).body.data.task_id).toBe(id);
  },
  async G12i(way) {
    expect(await way.get('/api/status')).toMatchObject({ status: 400, body: refusal(400) });
  },
  async G13(way) {
    const { running, final } = await way.run();
    const failed = (await way.run({ prompt: 'a policy violation' })).final;
    expect([running, final, failed].map(({ body }) => body.data.status)).toEqual(['IN_PROGRESS', 'SUCCESS', 'FAILED']);
  },
  async G14(way) {
    const { id, running } = await way.run();
    const created_at = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    const data = { task_id: id, status: 'IN_PROGRESS', consumed_credits: 10, created_at };
    expect(running.body).toEqual({ code: 200, data });
  },
  async G15(way) {
    const { id, final } = await way.run();
    const data = { task_id: id, status: 'SUCCESS', response: [expect.stringMatching(/^http/)] };
    expect(final.body).toEqual({ code: 200, data });
  },
  async G16(way) {
    const { id, final } = await way.run({ prompt: 'a policy violation' });
    expect(final).toMatchObject({
      status: 200,
      body: {
        code: 200,
        message: 'success',
        data: { task_id: id, consumed_credits: 0, error_message: expect.any(String), response: null },
      },
    });
  },
  async G16i(way) {
    const sent = { prompt: 'a policy violation', size: '1024*1536', own: 1 };
    expect((await way.run(sent)).final.body.data.request).toEqual(sent);
  },
  async G17(way) {
    const before = way.balance();
    await way.run({ images: addresses(3) });
    expect(before - way.balance()).toBe(10);
    await way.run({ prompt: 'a policy violation' });
    expect(before - way.balance()).toBe(10);
  },
  async G18() {
    // An advice to clients: the mock answers faster polls as well, so what can be seen of it is the contract's word.
    const contract = await loadContract(contractFile('gptimage15'));
    expect(contract.submit?.task.advice?.pollInterval).toMatchObject({ minimum: '5s', maximum: '10s' });
  },
};
