import sharp from 'sharp';
import { expect, test } from 'vitest';
import { call, describeTransports } from '../support/transports.js';

const tenMinutes = 600_000;

describeTransports('a polled task', {}, ({ clock, base, send }) => {
  const json = async (request: Request) => (await (await send(request)).json()) as Record<string, never>;

  test('is pending, then processing, then completed with images of the size, format and count asked for', async () => {
    const at = (path: string, body?: unknown) => call(base('apimart'), 'apimart', path, body);
    const request = {
      model: 'gpt-image-1-official',
      prompt: 'A glass bottle',
      size: '2:3',
      n: 2,
      background: 'transparent',
    };
    const accepted = await json(at('/v1/images/generations', request));
    expect(accepted).toMatchObject({
      code: 200,
      data: [{ status: 'submitted', task_id: expect.stringMatching(/^task_01K/) }],
    });
    const [{ task_id }] = accepted['data'] as unknown as [{ task_id: string }];

    const pending = await json(at(`/v1/tasks/${task_id}`));
    expect(pending['data']).toMatchObject({ id: task_id, status: 'pending', progress: 0 });
    clock.advance(4_000);
    expect((await json(at(`/v1/tasks/${task_id}`)))['data']).toMatchObject({ status: 'processing' });
    clock.advance(60_000);
    const done = (await json(at(`/v1/tasks/${task_id}`)))['data'] as unknown as Record<string, never>;
    expect(done).toMatchObject({ status: 'completed', progress: 100 });

    const images = (done['result'] as unknown as { images: { url: string[]; expires_at: number }[] }).images;
    expect(images).toHaveLength(2);
    for (const { url } of images) {
      const file = await send(new Request(String(url[0]), { headers: { authorization: 'Bearer anything' } }));
      expect(file.headers.get('content-type')).toBe('image/png');
      const picture = sharp(Buffer.from(await file.arrayBuffer()));
      expect(await picture.metadata()).toMatchObject({ width: 1024, height: 1536, format: 'png', hasAlpha: true });
      expect((await picture.stats()).isOpaque).toBe(false);
    }
  });

  test('whose prompt is refused fails with a reason and costs nothing', async () => {
    const at = (path: string, body?: unknown) => call(base('gptimage15'), 'gptimage15', path, body);
    const accepted = await json(at('/api/generate', { prompt: 'A policy violation, please' }));
    const { task_id } = accepted['data'] as unknown as { task_id: string };
    clock.advance(tenMinutes);
    expect(await json(at(`/api/status?task_id=${task_id}`))).toMatchObject({
      code: 200,
      message: 'success',
      data: { task_id, status: 'FAILED', consumed_credits: 0, error_message: expect.any(String), response: null },
    });
  });

  test('belongs to its account: to another one it does not exist', async () => {
    const accepted = await json(
      call(base('evolink'), 'evolink', '/v1/images/generations', { model: 'gpt-image-1', prompt: 'A lake' }),
    );
    const path = `/v1/tasks/${String(accepted['id'])}`;
    expect((await send(call(base('evolink'), 'evolink', path))).status).toBe(200);
    expect((await send(call(base('evolink'), 'evolink', path, undefined, 'sk-evolink-other'))).status).toBe(404);
  });

  test('is not moved by asking for it, however often', async () => {
    const at = (path: string, body?: unknown) => call(base('evolink'), 'evolink', path, body);
    const accepted = await json(at('/v1/images/generations', { model: 'gpt-image-1', prompt: 'A still lake' }));
    const path = `/v1/tasks/${String(accepted['id'])}`;
    const answers = await Promise.all(Array.from({ length: 20 }, () => json(at(path))));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  test('leaves its files for a day, then they are gone', async () => {
    const at = (path: string, body?: unknown) => call(base('evolink'), 'evolink', path, body);
    const accepted = await json(at('/v1/images/generations', { model: 'gpt-image-1', prompt: 'A short-lived lake' }));
    clock.advance(tenMinutes);
    const done = await json(at(`/v1/tasks/${String(accepted['id'])}`));
    const [url] = done['results'] as unknown as [string];
    expect((await send(new Request(url))).status).toBe(200);
    clock.advance(24 * 3_600_000);
    expect((await send(new Request(url))).status).toBe(410);
  });
});
