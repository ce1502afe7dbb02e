/** Which values go with which model, by hand from the vendor's page and from the API that it is compatible with. */
import type { Body } from './kit.js';

interface Model {
  readonly sizes: readonly string[];
  readonly qualities: readonly string[];
  readonly most: number;
  /** Parameters of other models. */
  readonly foreign: readonly string[];
}

const gptOnly = ['background', 'moderation', 'output_format', 'output_compression'];

const models: Readonly<Record<string, Model>> = {
  'gpt-image-1': {
    sizes: ['1024x1024', '1536x1024', '1024x1536', 'auto'],
    qualities: ['low', 'medium', 'high', 'auto'],
    most: 10,
    foreign: ['style'],
  },
  'dall-e-3': {
    sizes: ['1024x1024', '1792x1024', '1024x1792'],
    qualities: ['standard', 'hd'],
    most: 1,
    foreign: gptOnly,
  },
  'dall-e-2': {
    sizes: ['256x256', '512x512', '1024x1024'],
    qualities: ['standard'],
    most: 10,
    foreign: [...gptOnly, 'style'],
  },
};

const lists: Readonly<Record<string, readonly string[]>> = {
  background: ['transparent', 'opaque', 'auto'],
  moderation: ['auto', 'low'],
  output_format: ['png', 'jpeg', 'webp'],
  response_format: ['url', 'b64_json'],
  style: ['vivid', 'natural'],
};

function outside(value: unknown, least: number, most: number): boolean {
  return value !== undefined && !(Number.isInteger(value) && Number(value) >= least && Number(value) <= most);
}

/** What is wrong with a request, or nothing. */
export function problemOf(body: Body): string | undefined {
  const name = body['model'] === undefined ? 'gpt-image-1' : body['model'];
  const model = typeof name === 'string' && Object.hasOwn(models, name) ? models[name] : undefined;
  if (typeof body['prompt'] !== 'string') return 'prompt is required';
  if (model === undefined) return 'model is not known';
  for (const [field, values] of Object.entries(lists))
    if (body[field] !== undefined && !values.includes(body[field] as string)) return `${field} is not supported`;
  if (outside(body['n'], 1, model.most)) return `n must be 1 to ${model.most}`;
  if (outside(body['output_compression'], 0, 100)) return 'output_compression must be 0 to 100';
  if (outside(body['partial_images'], 0, 3)) return 'partial_images must be 0 to 3';
  if (body['size'] !== undefined && !model.sizes.includes(body['size'] as string)) return 'size is not supported';
  if (body['quality'] !== undefined && !model.qualities.includes(body['quality'] as string))
    return 'quality is not supported';
  if (body['user'] !== undefined && typeof body['user'] !== 'string') return 'user must be a text';
  if (body['stream'] !== undefined && typeof body['stream'] !== 'boolean') return 'stream must be true or false';
  if (body['stream'] === true && name !== 'gpt-image-1') return 'stream is not supported by this model';
  const foreign = model.foreign.find((field) => body[field] !== undefined);
  if (foreign !== undefined) return `${foreign} is not supported by this model`;
  const clear =
    body['background'] === 'transparent' && !['png', 'webp'].includes(String(body['output_format'] ?? 'png'));
  return clear ? 'a transparent background needs png or webp' : undefined;
}

/** What is wrong with the fields that only edits have; files stand in the body by name. */
export function editProblemOf(body: Body): string | undefined {
  const { image, input_fidelity, model } = body;
  if (image === undefined) return 'image is required';
  if (Array.isArray(image) && image.length > 16) return 'image takes at most 16';
  if (model === 'dall-e-3') return 'model is not known';
  if (input_fidelity === undefined) return undefined;
  if (model === 'dall-e-2') return 'input_fidelity is not supported by this model';
  return ['high', 'low'].includes(input_fidelity as string) ? undefined : 'input_fidelity is not supported';
}
