/** In a dialect the mock does what that reading says. */
import { expect, test } from 'vitest';
import { generations, lake, mockOf, plain } from './mock-of.js';

const vendor = 'evolink';

test('default-model', async () => {
  const { ask } = await mockOf(vendor, 'default-model');
  expect(await ask(generations, lake)).toMatchObject({ status: 200, body: { model: 'gpt-image-1' } });
});

test('poll-error-names', async () => {
  const { ask } = await mockOf(vendor, 'poll-error-names');
  const error = { code: 'quota_exceeded', type: 'insufficient_quota' };
  expect(await ask(generations, plain, 'sk-evolink-poor')).toMatchObject({ status: 402, body: { error } });
});

test('integer-error-codes', async () => {
  const { ask } = await mockOf(vendor, 'integer-error-codes');
  expect(await ask(generations, plain, 'sk-nobody')).toMatchObject({ status: 401, body: { error: { code: 401 } } });
});

test('cancelled', async () => {
  const cancelled = async (...dialects: string[]) => {
    const { ask, end } = await mockOf(vendor, ...dialects);
    return (await end('/v1/tasks/', String((await ask(generations, plain)).body['id']), 'cancelled')).body;
  };
  expect(await cancelled()).toMatchObject({ status: 'failed', error: { code: 'request_cancelled' } });
  expect(await cancelled('cancelled')).toMatchObject({ status: 'cancelled' });
  expect(await cancelled('cancelled')).not.toHaveProperty('error');
});

test('few-fields', async () => {
  const { ask } = await mockOf(vendor, 'few-fields');
  expect((await ask(generations, plain)).body).toEqual({ id: expect.any(String), status: 'pending' });
});
