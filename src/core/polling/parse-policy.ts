import { parseDuration } from '../duration.js';
import { UsageError } from '../errors.js';
import { editDistance } from '../near-matches.js';
import { decorrelatedJitterKind } from './decorrelated-jitter.js';
import { equalJitterKind } from './equal-jitter.js';
import { etaGuidedKind } from './eta-guided.js';
import { exponentialKind } from './exponential.js';
import { fixedKind } from './fixed.js';
import { fullJitterKind } from './full-jitter.js';
import type { PollingPolicy } from './policy.js';
import type { PolicyKind, PolicyParam } from './policy-kind.js';
import { quantileGuidedKind } from './quantile-guided.js';
import { serverGuidedKind } from './server-guided.js';
import { webhookKind } from './webhook.js';

/** Every policy that can be named; a new one is a file and a line here. */
const kinds: readonly PolicyKind[] = [
  fixedKind,
  exponentialKind,
  fullJitterKind,
  equalJitterKind,
  decorrelatedJitterKind,
  etaGuidedKind,
  serverGuidedKind,
  quantileGuidedKind,
  webhookKind,
];

const exampleOf = ({ id, example }: PolicyKind) => `${id}:${example}`;

/** One text for each policy that can be named, as `parsePolicy` takes it. */
export const policyExamples: readonly string[] = kinds.map(exampleOf);

/** The known policy that a word most likely means: one that begins or ends so, else the one with the fewest mistakes. */
function nearest(word: string): PolicyKind {
  const lower = word.toLowerCase();
  const part = lower.length < 2 ? undefined : kinds.find(({ id }) => id.startsWith(lower) || id.endsWith(lower));
  const byDistance = [...kinds].sort((one, other) => editDistance(lower, one.id) - editDistance(lower, other.id));
  return part ?? byDistance[0] ?? fixedKind;
}

function readParam({ type, name }: PolicyParam, text: string, kind: PolicyKind): number {
  const what = `${name} of the policy ${kind.id}`;
  const shown = what.charAt(0).toUpperCase() + what.slice(1);
  if (type === 'factor') {
    const factor = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (factor >= 1 && factor <= 100) return factor;
    throw new UsageError(`${shown} must be a number from 1 to 100, is ${JSON.stringify(text)}`);
  }
  const ms = parseDuration(text, shown);
  if (ms < 1) throw new UsageError(`${shown} must be at least 1ms, is ${JSON.stringify(text)}`);
  return ms;
}

/** A polling policy from a text such as `fixed:250ms`. Throws a `UsageError` that shows how the nearest one is written. */
export function parsePolicy(text: string): PollingPolicy {
  const trimmed = text.trim();
  const mark = trimmed.indexOf(':');
  const id = mark < 0 ? trimmed : trimmed.slice(0, mark);
  const kind = kinds.find((known) => known.id === id);
  if (kind === undefined) {
    const meant = nearest(id);
    throw new UsageError(
      `The policy ${JSON.stringify(text)} is unknown: did you mean ${exampleOf(meant)} (${meant.says})? ` +
        `Known are ${policyExamples.join(', ')}`,
    );
  }
  if (kind.read !== undefined) return kind.read(mark < 0 ? undefined : trimmed.slice(mark + 1));
  const texts = mark < 0 ? [] : trimmed.slice(mark + 1).split(',');
  if (texts.length !== kind.params.length)
    throw new UsageError(
      `The policy ${JSON.stringify(text)} needs ${kind.params.map(({ name }) => name).join(', ')}: write for example ` +
        `${exampleOf(kind)} (${kind.says})`,
    );
  const values = kind.params.map((param, index) => readParam(param, (texts[index] ?? '').trim(), kind));
  const [first = 0] = values;
  kind.params.forEach(({ type, name }, index) => {
    if (type === 'cap' && (values[index] ?? 0) < first)
      throw new UsageError(
        `In the policy ${JSON.stringify(text)} ${name} (${texts[index]?.trim()}) must not be shorter than ` +
          `${kind.params[0]?.name} (${texts[0]?.trim()})`,
      );
  });
  return kind.build(values);
}
