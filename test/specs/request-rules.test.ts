/** What each vendor refuses, where the refusal says it is, and how grave it would be to accept it after all. */
import { describe, expect, test } from 'vitest';
import type { Severity } from '../../src/core/facts.js';
import { contracts } from './contracts.js';

type Row = readonly [change: object, pointer: string, severity: Severity];

interface Rules {
  readonly vendor: string;
  readonly legal: object;
  /** Changes to the legal request that keep it legal; undefined takes a member away. */
  readonly alsoLegal: readonly object[];
  readonly refused: readonly Row[];
}

const picture = 'https://example.com/one.png';
const pictures = (count: number) => Array.from({ length: count }, () => picture);

const table: readonly Rules[] = [
  {
    vendor: 'apimart',
    legal: { model: 'gpt-image-1-official', prompt: 'a kite' },
    alsoLegal: [
      { n: 0 },
      { n: -3 },
      { n: 99 },
      { background: 'transparent' },
      { background: 'transparent', output_format: 'png' },
      { background: 'opaque', output_format: 'jpeg' },
      { output_compression: 100, output_format: 'png' },
      { image_urls: pictures(15), mask_url: picture },
      { image_urls: [] },
      { resolution: '2k', prompt: '紙の凧 🪁 طائرة ورقية' },
    ],
    refused: [
      [{ model: undefined }, '/model', 'error'],
      [{ model: 'gpt-image-2' }, '/model', 'error'],
      [{ prompt: undefined }, '/prompt', 'error'],
      [{ prompt: 7 }, '/prompt', 'error'],
      [{ size: '1024x1024' }, '/size', 'error'],
      [{ quality: 'hd' }, '/quality', 'error'],
      [{ moderation: 'none' }, '/moderation', 'error'],
      [{ n: '1' }, '/n', 'error'],
      [{ n: 1.5 }, '/n', 'note'],
      [{ n: true }, '/n', 'note'],
      [{ n: null }, '/n', 'note'],
      [{ background: 'transparent', output_format: 'jpeg' }, '/output_format', 'error'],
      [{ output_format: 'webp' }, '/output_format', 'error'],
      [{ output_compression: 101 }, '/output_compression', 'error'],
      [{ image_urls: pictures(16) }, '/image_urls', 'error'],
      [{ image_urls: ['not an address'] }, '/image_urls/0', 'note'],
      [{ mask_url: picture }, '', 'error'],
    ],
  },
  {
    vendor: 'gptimage15',
    legal: { prompt: 'a kite' },
    alsoLegal: [{ prompt: '🪁'.repeat(2000) }, { input_fidelity: 'low' }, { images: [picture], callback_url: picture }],
    refused: [
      [{ prompt: undefined }, '/prompt', 'error'],
      [{ prompt: 'x'.repeat(2001) }, '/prompt', 'error'],
      [{ size: '1024x1024' }, '/size', 'error'],
      [{ quality: 'auto' }, '/quality', 'error'],
      [{ input_fidelity: 'medium' }, '/input_fidelity', 'error'],
    ],
  },
  {
    vendor: 'apigo',
    legal: { prompt: 'a kite' },
    alsoLegal: [
      { background: 'transparent' },
      { background: 'transparent', output_format: 'webp' },
      { model: 'gpt-image-1', size: 'auto', quality: 'auto', n: 10, stream: true, partial_images: 3 },
      { model: 'gpt-image-1', output_format: 'png', output_compression: 20 },
      { model: 'dall-e-3', size: '1792x1024', quality: 'hd', style: 'natural', n: 1, response_format: 'url' },
      { model: 'dall-e-2', size: '256x256', quality: 'standard', n: 10, response_format: 'b64_json', stream: false },
      { response_format: 'b64_json' },
    ],
    refused: [
      [{ prompt: undefined }, '/prompt', 'error'],
      [{ model: 'gpt-image-2' }, '/model', 'error'],
      [{ n: 0 }, '/n', 'error'],
      [{ n: 11 }, '/n', 'error'],
      [{ model: 'dall-e-3', n: 2 }, '/n', 'error'],
      [{ size: '640x480' }, '/size', 'error'],
      [{ size: '256x256' }, '/size', 'warning'],
      [{ model: 'dall-e-3', size: '1536x1024' }, '/size', 'warning'],
      [{ model: 'dall-e-2', size: '1792x1024' }, '/size', 'warning'],
      [{ quality: 'hd' }, '/quality', 'warning'],
      [{ model: 'dall-e-2', quality: 'hd' }, '/quality', 'warning'],
      [{ model: 'dall-e-3', quality: 'low' }, '/quality', 'warning'],
      [{ background: 'transparent', output_format: 'jpeg' }, '/output_format', 'warning'],
      [{ partial_images: 4 }, '/partial_images', 'error'],
      [{ style: 'vivid' }, '/style', 'note'],
      [{ model: 'dall-e-2', style: 'vivid' }, '/style', 'note'],
      [{ model: 'dall-e-3', stream: true }, '/stream', 'note'],
      [{ model: 'dall-e-3', background: 'opaque' }, '/background', 'note'],
      [{ model: 'dall-e-2', output_compression: 50 }, '/output_compression', 'note'],
    ],
  },
  {
    vendor: 'evolink',
    legal: { model: 'gpt-image-1', prompt: 'a kite' },
    alsoLegal: [{ size: '2:3' }, { size: '1024x1536' }, { n: 10 }, { image_urls: pictures(16) }, { seed: 7 }],
    refused: [
      [{ model: undefined }, '/model', 'note'],
      [{ model: 'gpt-image-1.5' }, '/model', 'error'],
      [{ prompt: undefined }, '/prompt', 'error'],
      [{ prompt: 'x'.repeat(2001) }, '/prompt', 'error'],
      [{ size: '16:9' }, '/size', 'error'],
      [{ quality: 'auto' }, '/quality', 'error'],
      [{ n: 0 }, '/n', 'error'],
      [{ n: 11 }, '/n', 'error'],
      [{ image_urls: [] }, '/image_urls', 'error'],
      [{ image_urls: pictures(17) }, '/image_urls', 'error'],
    ],
  },
];

describe.each(table)('$vendor', ({ vendor, legal, alsoLegal, refused }) => {
  const contract = contracts.find(({ id }) => id === vendor);
  const schema = contract?.submit?.request['application/json'] ?? '';
  const violations = (change: object) =>
    contract?.violations(schema, JSON.parse(JSON.stringify({ ...legal, ...change }))) ?? [];

  test.each(alsoLegal.map((change) => [JSON.stringify(change).slice(0, 90), change] as const))(
    'takes %s',
    (_, change) => {
      expect(violations(change)).toEqual([]);
    },
  );

  test.each(
    refused.map(([change, pointer, severity]) => {
      const shown = JSON.stringify(change, (_, value: unknown) => (value === undefined ? '(none)' : value));
      return [shown.slice(0, 90), severity, change, pointer] as const;
    }),
  )('refuses %s; accepting it would be: %s', (_, severity, change, pointer) => {
    const found = violations(change);
    expect(found.map((violation) => violation.pointer)).toContain(pointer);
    expect(contract?.severityOf(found.flatMap(({ facts }) => facts))).toBe(severity);
  });
});
