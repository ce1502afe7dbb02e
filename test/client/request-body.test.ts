import { expect, test } from 'vitest';
import { chooseOperation } from '../../src/client/choose-operation.js';
import { UnsupportedError } from '../../src/client/errors/unsupported-error.js';
import type { GenerateRequest } from '../../src/client/generate-request.js';
import { buildBody } from '../../src/client/request-body.js';
import { contractOf } from './fake-vendor.js';

const contracts = {
  gptimage15: await contractOf('gptimage15'),
  apimart: await contractOf('apimart'),
  evolink: await contractOf('evolink'),
  apigo: await contractOf('apigo'),
};
type Vendor = keyof typeof contracts;

function build(vendor: Vendor, request: Partial<GenerateRequest>) {
  const whole = { prompt: 'A fox', ...request };
  return buildBody(contracts[vendor], chooseOperation(contracts[vendor], whole), whole);
}

test.each<[Vendor, Partial<GenerateRequest>, Record<string, unknown>]>([
  ['gptimage15', { size: '1024x1536' }, { size: '1024*1536' }],
  ['gptimage15', { size: '1024*1536', count: 1, format: 'png', background: 'auto' }, { size: '1024*1536' }],
  ['gptimage15', { references: ['https://x.test/a.png'] }, { images: ['https://x.test/a.png'] }],
  ['gptimage15', { extra: { input_fidelity: 'low' } }, { input_fidelity: 'low' }],
  ['apimart', { size: '1536x1024', count: 4 }, { model: 'gpt-image-1-official', size: '3:2', n: 4 }],
  ['apimart', { size: '2:3', model: 'gpt-image-1.5-official' }, { model: 'gpt-image-1.5-official', size: '2:3' }],
  [
    'apimart',
    { format: 'jpg', background: 'opaque' },
    { model: 'gpt-image-1-official', output_format: 'jpeg', background: 'opaque' },
  ],
  ['evolink', { size: '1024x1536' }, { model: 'gpt-image-1', size: '1024x1536' }],
  ['evolink', { size: '2:3', quality: 'low' }, { model: 'gpt-image-1', size: '2:3', quality: 'low' }],
  [
    'apigo',
    { size: '1024×1024', format: 'webp', background: 'transparent' },
    { size: '1024x1024', output_format: 'webp', background: 'transparent' },
  ],
  ['apigo', { references: ['data:image/png;base64,AA=='] }, { image: ['data:image/png;base64,AA=='] }],
])('%s is asked for %j in its own words', (vendor, request, body) => {
  expect(build(vendor, request)).toEqual({ prompt: 'A fox', ...body });
});

test.each<[Vendor, string, Partial<GenerateRequest>, string[]]>([
  [
    'gptimage15',
    'size',
    { size: '512x512' },
    ['1024x1024 (1024*1024)', '1024x1536 (1024*1536)', '1536x1024 (1536*1024)'],
  ],
  ['gptimage15', 'count', { count: 2 }, ['prompt', 'size', 'quality', 'references']],
  ['gptimage15', 'model', { model: 'other' }, ['prompt', 'size', 'quality', 'references']],
  ['gptimage15', 'background', { background: 'transparent' }, ['prompt', 'size', 'quality', 'references']],
  ['gptimage15', 'format', { format: 'webp' }, ['png']],
  ['gptimage15', 'quality', { quality: 'ultra' }, ['low', 'medium', 'high']],
  ['gptimage15', 'prompt', { prompt: 'x'.repeat(2001) }, []],
  ['apimart', 'count', { count: 5 }, ['1 to 4']],
  ['apimart', 'format', { format: 'webp' }, ['png', 'jpeg']],
  ['evolink', 'count', { count: 11 }, []],
  ['apigo', 'stream', { extra: { stream: true } }, ['stream()']],
  ['apigo', 'count', { model: 'dall-e-3', count: 2 }, []],
])('%s: %s it cannot do is refused before anything is sent', (vendor, what, request, supported) => {
  let error: unknown;
  try {
    build(vendor, request);
  } catch (caught) {
    error = caught;
  }
  expect(error).toBeInstanceOf(UnsupportedError);
  expect(error).toMatchObject({ what, supported });
  expect((error as Error).message).toMatch(/^\w+: .+\. Nothing was sent\.$/s);
});
