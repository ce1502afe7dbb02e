/** The facts of apimart about what becomes of a request: tasks, money, files and calls. */
import { expect } from 'vitest';
import { countOf, error, hour, manner, upload } from './apimart-manner.js';
import type { Row } from './vendor-way.js';

export const tasks: Readonly<Record<string, Row>> = {
  async A20(way) {
    expect(await countOf(way, { n: 3 })).toBe(3);
  },
  async A21(way) {
    expect((await way.get(`/v1/tasks/${manner.id?.((await way.post()).body)}`)).status).toBe(200);
  },
  async A22(way) {
    const { id, queued, final } = await way.run();
    const told = { id, created: expect.any(Number), estimated_time: expect.any(Number) };
    expect(queued.body).toEqual({ code: 200, data: { ...told, status: 'pending', progress: 0 } });
    expect(final.body).toEqual({
      code: 200,
      data: {
        ...told,
        status: 'completed',
        progress: 100,
        completed: expect.any(Number),
        actual_time: expect.any(Number),
        cost: expect.any(Number),
        result: { images: [{ url: [expect.stringMatching(/^http/)], expires_at: expect.any(Number) }] },
      },
    });
    const failed = await way.run({ prompt: 'a policy violation' });
    expect(failed.final.body.data).toMatchObject({ status: 'failed', error: { code: 'task_failed' } });
  },
  async A22c(way) {
    expect((await way.run({ quality: 'low' })).final.body.data.cost).toBe(0.011);
  },
  async A23(way) {
    const { queued, running, final } = await way.run();
    expect([queued, running, final].map(({ body }) => body.data.status)).toEqual([
      'pending',
      'processing',
      'completed',
    ]);
    expect((await way.run({ prompt: 'a policy violation' })).final.body.data.status).toBe('failed');
    const id = manner.id?.((await way.post()).body) ?? '';
    await way.control('POST', `/tasks/apimart/${id}/end`, { outcome: 'cancelled' });
    expect((await way.poll(id)).body.data.status).toBe('cancelled');
  },
  async A23s(way) {
    expect((await way.post()).body.data[0].status).toBe('submitted');
  },
  async A24(way) {
    const { final } = await way.run({ prompt: 'a policy violation' });
    expect(final).toMatchObject({ status: 200, body: { code: 200, data: { status: 'failed' } } });
  },
  async A24i(way) {
    const { accepted, final } = await way.run({ prompt: 'a policy violation' });
    expect([accepted.status, final.body.data.status]).toEqual([200, 'failed']);
  },
  async A25(way) {
    expect(await way.get('/v1/tasks/task_none')).toMatchObject({
      status: 400,
      body: error(400, 'invalid_request_error'),
    });
  },
  async A26(way) {
    const costOf = async (change: object) => (await way.run(change)).final.body.data.cost;
    const one = await costOf({ quality: 'high', size: '3:2' });
    expect(await costOf({ quality: 'high', size: '3:2' })).toBe(one);
    expect(await costOf({ quality: 'high', size: '3:2', n: 3 })).toBeCloseTo(3 * one, 6);
    expect(await costOf({ prompt: 'a policy violation' })).toBe(0);
  },
  async A26i(way) {
    const costOf = async (quality: string) => (await way.run({ quality })).final.body.data.cost;
    expect(await costOf('auto')).toBe(await costOf('medium'));
  },
  async A27(way) {
    const { final } = await way.run();
    const { completed, result } = final.body.data;
    expect(result.images[0].expires_at - completed).toBe(24 * 3600);
  },
  async A27i(way) {
    const [url = ''] = manner.results((await way.run()).final.body);
    expect((await way.download(url)).status).toBe(200);
    way.clock.advance(24 * hour);
    expect((await way.download(url)).status).toBe(410);
  },
  async A29(way) {
    const { url, bytes } = await upload(way, 8, 8, 3);
    expect(bytes).toBeGreaterThan(0);
    way.clock.advance(72 * hour - 1);
    expect((await way.download(url)).status).toBe(200);
    way.clock.advance(1);
    expect((await way.download(url)).status).toBe(410);
    for (const path of ['/v1/balance', '/v1/user/balance', '/v1/models'])
      expect((await way.get(path)).status).toBe(200);
  },
  async A29c(way) {
    const { remain_balance, remain_credits } = (await way.get('/v1/balance')).body;
    expect(remain_credits).toBeCloseTo(10 * remain_balance, 3);
  },
  async A29i(way) {
    const { object, data } = (await way.get('/v1/models')).body;
    expect([object, data[0]]).toEqual(['list', { id: 'gpt-image-1-official', object: 'model' }]);
  },
  async A30(way) {
    way.statuses.push(500, 500, 500, 500);
    const id = manner.id?.((await way.post({ webhook: 'http://127.0.0.1:3000/hook' })).body) ?? '';
    await way.settle(hour);
    const [first, ...retries] = way.calls;
    expect(first?.url).toBe('http://127.0.0.1:3000/hook/callback');
    expect(JSON.parse(String(first?.body))).toEqual((await way.poll(id)).body);
    const waits = retries.map(({ at }, index) => (at - (way.calls[index]?.at ?? 0)) / 1000);
    expect(waits).toEqual([10, 30, 60]);
    way.calls.length = 0;
    way.statuses.push(404);
    await way.post({ webhook: 'http://127.0.0.1:3000/hook' });
    await way.settle(hour);
    expect(way.calls).toHaveLength(1);
  },
};
