import type { Contract, SubmitOperation } from '../../contract/contract.js';
import { parameterFor } from '../contract-facts.js';
import { openReading } from './negatives.js';

/** Longer prompts than this are left to those who mean them. */
const longest = 100_000;
/** Where a page states no limit, nobody may be surprised by this many characters. */
const unlimited = 1_500;

export interface LimitPrompt {
  readonly prompt: string;
  /** Completes "a request whose prompt …". */
  readonly what: string;
  readonly facts: readonly string[];
}

function repeated(text: string, length: number): string {
  const points = [...text];
  return Array.from({ length }, (_, index) => points[index % points.length]).join('');
}

/**
 * Legal prompts at and just below the limit. In plain letters every way of counting comes to the same; in letters that
 * take several bytes or two code units the contract counts code points, and a vendor that counts otherwise breaks only
 * our reading.
 */
export function limitPrompts(contract: Contract, operation: SubmitOperation): LimitPrompt[] {
  const parameter = parameterFor(contract, operation, 'prompt');
  if (parameter === undefined) return [];
  const stated = parameter.keywords['maxLength'];
  const limit = typeof stated === 'number' ? stated : unlimited;
  if (limit > longest) return [];
  const ascii = 'one more plain stone beside the others, ';
  const plain: LimitPrompt[] = [
    { prompt: repeated(ascii, limit - 1), what: `has ${limit - 1} letters`, facts: parameter.facts },
    {
      prompt: repeated(ascii, limit).trimEnd().padEnd(limit, '.'),
      what: `has ${limit} letters`,
      facts: parameter.facts,
    },
  ];
  const wide = (text: string, what: string): LimitPrompt => ({
    prompt: repeated(text, limit),
    what: `has ${limit} ${what}`,
    facts: [openReading],
  });
  return [
    ...plain,
    wide('石灯塔河边', 'Chinese characters'),
    wide('🌊🗼✨🦊🐙', 'emoji'),
    wide('e\u0301a\u0300', 'letters and marks'),
  ];
}
