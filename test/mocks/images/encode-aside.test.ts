import { expect, test } from 'vitest';
import { encodePicture } from '../../../mocks/images/encode.js';
import { createAsideEncoder } from '../../../mocks/images/encode-aside.js';
import type { PictureSpec } from '../../../mocks/images/picture.js';

const spec: PictureSpec = { width: 64, height: 32, format: 'png', alpha: false, seed: 'a/0', lines: ['Hello'] };

/** A thread that answers with the width of the picture, and refuses those without one. */
const thread = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', ({ id, spec }) => {
      if (spec.width === 0) parentPort.postMessage({ id, error: 'no width' });
      else if (spec.width === 1) throw new Error('gone');
      else parentPort.postMessage({ id, bytes: Uint8Array.of(spec.width) });
    });
  `)}`,
);

test('pictures come from the thread, each to whom it was asked for by', async () => {
  const encode = createAsideEncoder(thread);
  const widths = [64, 65, 66];
  const made = await Promise.all(widths.map((width) => encode({ ...spec, width })));
  expect(made.map(([width]) => width)).toEqual(widths);
});

test('a picture that cannot be made is refused with the reason', async () => {
  await expect(createAsideEncoder(thread)({ ...spec, width: 0 })).rejects.toThrow('no width');
});

test('without its thread pictures are made here, also those that were under way', async () => {
  const lost = createAsideEncoder(new URL('file:///no/such/thread.js'));
  expect(await lost(spec)).toEqual(await encodePicture(spec));
  const dying = createAsideEncoder(thread);
  const narrow = { ...spec, width: 1 };
  expect(await dying(narrow)).toEqual(await encodePicture(narrow));
  expect(await dying(spec)).toEqual(await encodePicture(spec));
});
