import type { Contract } from '../contract/contract.js';
import type { TokenUsage } from '../core/task.js';
import { factsBelow } from './schema.js';

type Usage = Partial<TokenUsage>;

/** What does not add up in token counts, in words; undefined where everything that is told does. */
export function usageProblem({ input, inputText, inputImage, output, total }: Usage): string | undefined {
  const told = (...values: readonly unknown[]) => values.every((value) => typeof value === 'number');
  if (told(input, output, total) && Number(input) + Number(output) !== total)
    return `${input} for input and ${output} for output make ${total} in total`;
  if (told(input, inputText, inputImage) && Number(inputText) + Number(inputImage) !== input)
    return `${inputText} for text and ${inputImage} for images make ${input} for input`;
  return undefined;
}

/** Facts that the contract states where it describes token counts. */
export function usageFacts({ document }: Contract): string[] {
  const schemas = document.components?.['schemas'] ?? {};
  const named = Object.keys(schemas).find((name) => name.toLowerCase() === 'usage');
  return named === undefined ? [] : factsBelow(document, `/components/schemas/${named}`);
}
