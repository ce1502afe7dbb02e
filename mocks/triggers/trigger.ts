import type { EngineRequest } from '../message.js';
import { type Outcome, outcomeById } from './outcome.js';

/** What real moderation would refuse, in our mocks. */
const refusedWords = /policy violation/i;

/** `[outcome: failed]` anywhere in a prompt. */
const inPrompt = /\[outcome:\s*([a-z-]+)\]/i;

/** `Prefer: outcome=failed`, among other preferences. */
const inHeader = /(?:^|[,;\s])outcome="?([a-z-]+)"?/i;

/** The outcome that a key stands for: `sk-<vendor>-failed` and the like. */
function outcomeOfKey(vendor: string, key: string): Outcome | undefined {
  const prefix = `sk-${vendor}-`;
  return key.startsWith(prefix) ? outcomeById(key.slice(prefix.length)) : undefined;
}

/** The outcome that a request asks for by its header; only programs on this machine may. */
export function preferredBy({ loopback, headers }: EngineRequest): Outcome | undefined {
  const prefer = loopback ? headers['prefer'] : undefined;
  return prefer === undefined ? undefined : outcomeById(inHeader.exec(prefer)?.[1]?.toLowerCase());
}

/** The outcome that a request asks for: by header, by its key, or by words in its prompt, in this order. */
export function triggered(
  vendor: string,
  key: string,
  prompt: string,
  preferred: Outcome | undefined,
): Outcome | undefined {
  return (
    preferred ??
    outcomeOfKey(vendor, key) ??
    (prompt.includes('[') ? outcomeById(inPrompt.exec(prompt)?.[1]?.toLowerCase()) : undefined) ??
    (refusedWords.test(prompt) ? outcomeById('moderation') : undefined)
  );
}
