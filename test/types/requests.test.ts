import { expectTypeOf, test } from 'vitest';
import {
  type GenerateRequest,
  generate,
  type ImageClient,
  imageClient,
  type RequestFor,
  type StreamEvent,
  vendorClient,
} from '../../src/entry/client.js';

const prompt = 'A lighthouse';

test('models and qualities are those of the vendor', () => {
  const fine = () => [
    generate('apigo', { prompt, model: 'dall-e-3', quality: 'hd' }),
    generate('apimart', { prompt, model: 'gpt-image-1.5-official', size: '1024x1536', count: 2 }),
    generate('gptimage15', { prompt, quality: 'low' }),
  ];
  const wrong = () => [
    // @ts-expect-error a model of another vendor
    generate('apimart', { prompt, model: 'dall-e-3' }),
    // @ts-expect-error a quality of another vendor
    generate('evolink', { prompt, quality: 'hd' }),
    // @ts-expect-error no prompt
    generate('evolink', { size: '1024x1024' }),
    // @ts-expect-error no such field
    generate('evolink', { prompt, seed: 7 }),
    // @ts-expect-error a number in quotes
    generate('evolink', { prompt, count: '2' }),
  ];
  expectTypeOf([fine, wrong]).toBeArray();
});

test('extra fields are those of the vendor’s body', () => {
  const fine = () => [
    generate('apimart', { prompt, extra: { moderation: 'low', output_compression: 80 } }),
    generate('apigo', { prompt, model: 'dall-e-3', extra: { style: 'vivid', user: 'me' } }),
    // A file of a form is named by its URL here.
    generate('apigo', { prompt, references: ['data:,'], extra: { mask: 'https://x.test/mask.png' } }),
    generate('gptimage15', { prompt, extra: { input_fidelity: 'low' } }),
  ];
  const wrong = () => [
    // @ts-expect-error a field of another vendor
    generate('evolink', { prompt, extra: { style: 'vivid' } }),
    // @ts-expect-error no such value
    generate('apimart', { prompt, extra: { moderation: 'high' } }),
    // @ts-expect-error a number is wanted
    generate('apimart', { prompt, extra: { output_compression: '80' } }),
    // @ts-expect-error misspelt
    generate('gptimage15', { prompt, extra: { inputFidelity: 'low' } }),
  ];
  expectTypeOf([fine, wrong]).toBeArray();
});

test('a vendor that is only known at run time takes the words that all share', () => {
  const any = (vendor: string) => generate(vendor, { prompt, model: 'whatever', extra: { anything: [1, null] } });
  const file = () => imageClient('./my-vendor.yaml');
  expectTypeOf(any).toBeFunction();
  expectTypeOf<Awaited<ReturnType<typeof file>>>().toEqualTypeOf<ImageClient<GenerateRequest>>();
  expectTypeOf<RequestFor<'evolink'>>().toExtend<Omit<GenerateRequest, 'extra'>>();
});

test('stream events are told apart by their type', () => {
  const read = (event: StreamEvent) => {
    expectTypeOf(event.bytes).toEqualTypeOf<Uint8Array>();
    // @ts-expect-error a preview is not paid for by itself
    if (event.type === 'partial') return event.cost;
    expectTypeOf(event.type).toEqualTypeOf<'completed'>();
    return event.usage?.total;
  };
  const wrong = async () => {
    const client = await imageClient('apigo');
    // @ts-expect-error no such model
    client.stream({ prompt, partialImages: 2, model: 'sora' });
    // @ts-expect-error previews belong to streams
    await client.generate({ prompt, partialImages: 2 });
  };
  expectTypeOf([read, wrong]).toBeArray();
});

test('the typed client knows paths, parameters, bodies and answers', () => {
  const use = async () => {
    const evolink = await vendorClient('evolink');
    const { data, error } = await evolink.GET('/v1/tasks/{task_id}', { params: { path: { task_id: 'a' } } });
    expectTypeOf(data?.status).toExtend<'pending' | 'processing' | 'completed' | 'failed' | undefined>();
    expectTypeOf(error?.error.code).toExtend<string | undefined>();
    // @ts-expect-error the id stands in the path
    await evolink.GET('/v1/tasks/{task_id}', { params: { query: { task_id: 'a' } } });
    // @ts-expect-error no such path
    await evolink.GET('/v1/tasks', {});
    // @ts-expect-error no such method
    await evolink.DELETE('/v1/tasks/{task_id}', { params: { path: { task_id: 'a' } } });
    // @ts-expect-error no such size
    await evolink.POST('/v1/images/generations', { body: { model: 'gpt-image-1', prompt, size: '64x64' } });
    // @ts-expect-error misspelt
    await evolink.POST('/v1/images/generations', { body: { model: 'gpt-image-1', prompt, sise: '1:1' } });
    // @ts-expect-error no body
    await evolink.POST('/v1/images/generations');
    // @ts-expect-error no such parameter
    await evolink.GET('/v1/tasks/{task_id}', { params: { path: { task_id: 'a', language: 'en' } } });
    const text = await evolink.GET('/v1/tasks/{task_id}', { params: { path: { task_id: 'a' } }, parseAs: 'text' });
    expectTypeOf(text.data).toEqualTypeOf<string | undefined>();
    // @ts-expect-error a status that the vendor does not have
    if (data?.status === 'cancelled') return;
  };
  expectTypeOf(use).toBeFunction();
});

test('files of a form are files, and the answer’s pictures are typed', () => {
  const use = async () => {
    const apigo = await vendorClient('apigo');
    const image = new Blob(['a']);
    await apigo.POST('/v1/images/edits', { body: { prompt, image: [image, image], mask: image } });
    const { data } = await apigo.POST('/v1/images/generations', { body: { prompt } });
    expectTypeOf(data?.data[0]?.url).toEqualTypeOf<string | undefined>();
    expectTypeOf(data?.data[0]?.b64_json).toEqualTypeOf<string | undefined>();
    // @ts-expect-error an address is no file
    await apigo.POST('/v1/images/edits', { body: { prompt, image: 'https://x.test/a.png' } });
    // @ts-expect-error this model does not edit
    await apigo.POST('/v1/images/edits', { body: { prompt, image, model: 'dall-e-3' } });
    // @ts-expect-error files are of edits only
    await apigo.POST('/v1/images/generations', { body: { prompt, image } });
  };
  expectTypeOf(use).toBeFunction();
});
