import type { TokenUsage } from '../core/task.js';
import type { AsyncTask } from './async-task.js';

/** What a price can depend on: a request with its defaults filled in. */
export interface PricedRequest {
  readonly prompt: string;
  readonly width: number;
  readonly height: number;
  readonly count: number;
  /** How many reference images were given. */
  readonly references: number;
  readonly params: { readonly quality?: unknown };
}

/** Tokens of a request: text by length, output by pixels. Our own rule; only its sums are promised. */
export function usageOf(request: PricedRequest): TokenUsage {
  const inputText = Math.max(1, Math.ceil(request.prompt.length / 4));
  const inputImage = 65 * request.references;
  const output = request.count * Math.ceil((request.width * request.height) / 1024);
  const input = inputText + inputImage;
  return { input, inputText, inputImage, output, total: input + output };
}

/** What a task costs when it succeeds, in the vendor's unit, by the contract's price rule. */
export function priceOf(task: AsyncTask, request: PricedRequest): number {
  const rule = task.price;
  if (rule === undefined) return 0;
  const bySize = rule.table?.[`${request.width}x${request.height}`];
  const amount = bySize?.[String(request.params.quality)] ?? Object.values(bySize ?? {})[0] ?? rule.amount ?? 0;
  if (rule.per === 'request') return amount;
  const units = rule.per === 'image' ? request.count : usageOf(request).total;
  // Sums of small decimal prices are rounded to a millionth, so that they can be compared.
  return Math.round(amount * units * 1e6) / 1e6;
}
