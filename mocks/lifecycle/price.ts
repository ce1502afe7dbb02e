import type { AsyncTask } from '../../src/contract/async-task.js';
import type { TokenUsage } from '../../src/core/task.js';
import type { EffectiveRequest } from '../admission/effective-request.js';

/** Tokens of a request: text by length, output by pixels. Our own rule; only its sums are promised. */
export function usageOf(request: EffectiveRequest): TokenUsage {
  const inputText = Math.max(1, Math.ceil(request.prompt.length / 4));
  const inputImage = 65 * request.references;
  const output = request.count * Math.ceil((request.width * request.height) / 1024);
  const input = inputText + inputImage;
  return { input, inputText, inputImage, output, total: input + output };
}

/** What a task costs when it succeeds, in the vendor's unit, by the contract's price rule. */
export function priceOf(task: AsyncTask, request: EffectiveRequest): number {
  const rule = task.price;
  if (rule === undefined) return 0;
  const bySize = rule.table?.[`${request.width}x${request.height}`];
  const amount = bySize?.[String(request.params.quality)] ?? Object.values(bySize ?? {})[0] ?? rule.amount ?? 0;
  if (rule.per === 'request') return amount;
  const units = rule.per === 'image' ? request.count : usageOf(request).total;
  // Sums of small decimal prices are rounded to a millionth, so that they can be compared.
  return Math.round(amount * units * 1e6) / 1e6;
}
