import type { CheckReport } from '../core/check-report.js';
import { UsageError } from '../core/errors.js';
import { severities } from '../core/facts.js';

type Node = Readonly<Record<string, unknown>>;
type Rule = (value: unknown) => boolean;

const isNode = (value: unknown): value is Node => value !== null && typeof value === 'object' && !Array.isArray(value);
const isText: Rule = (value) => typeof value === 'string';
const isNumber: Rule = (value) => typeof value === 'number';
const listOf =
  (rule: Rule): Rule =>
  (value) =>
    Array.isArray(value) && value.every(rule);
const optional =
  (rule: Rule): Rule =>
  (value) =>
    value === undefined || rule(value);
const object =
  (rules: Readonly<Record<string, Rule>>): Rule =>
  (value) =>
    isNode(value) && Object.entries(rules).every(([key, rule]) => rule(value[key]));
const textsByName: Rule = (value) => isNode(value) && Object.values(value).every(isText);

/** What the readers of a report rely on; everything else in it is not looked at. */
const members: Readonly<Record<string, Rule>> = {
  vendor: isText,
  target: isText,
  seed: isNumber,
  startedAt: isText,
  finishedAt: isText,
  verdict: (value) => value === 'conformant' || value === 'violations' || value === 'inconclusive',
  summary: object({ depth: isText, requests: isNumber, tasks: isNumber }),
  checks: listOf(object({ id: isText, verdict: isText })),
  findings: listOf(
    object({
      check: isText,
      severity: (value) => severities.some((severity) => severity === value),
      ledger: listOf(isText),
      operation: isText,
      message: isText,
      pointer: isText,
      evidence: object({ exchanges: listOf(isText) }),
    }),
  ),
  exchanges: listOf(
    object({
      id: isText,
      probe: isText,
      operation: optional(isText),
      credential: optional(isText),
      purpose: optional(object({ case: isText, what: isText })),
      request: object({ method: isText, url: isText, headers: textsByName, body: optional(isText) }),
      answer: optional(object({ status: isNumber, headers: textsByName, bytes: isNumber, body: optional(isText) })),
      startedAt: isNumber,
      finishedAt: isNumber,
    }),
  ),
  journeys: optional(
    listOf(
      object({
        probe: isText,
        operation: isText,
        submit: isText,
        polls: listOf(isText),
        end: isText,
        phases: listOf(object({ phase: isText, word: optional(isText), at: isNumber })),
      }),
    ),
  ),
  dialects: optional(listOf(object({ id: isText }))),
};

function seen(value: unknown): string {
  if (!isNode(value)) return 'no JSON object';
  if (typeof value['kind'] === 'string' && value['kind'] !== 'check')
    return `a report of kind ${JSON.stringify(value['kind'])}`;
  if (value['kind'] === 'check') return `one of schemaVersion ${JSON.stringify(value['schemaVersion'])}`;
  return 'JSON of another kind';
}

/**
 * Reads the JSON report of a check. `name` is what the text is called in messages. Throws a `UsageError` that says what
 * it is instead, or which part of it is not as a report has it.
 */
export function readCheckReport(text: string, name: string): CheckReport {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${name} is not JSON: ${(error as Error).message.slice(0, 200)}`);
  }
  if (!isNode(value) || value['kind'] !== 'check' || value['schemaVersion'] !== 1)
    throw new UsageError(
      `${name} is not the JSON report of a check (schemaVersion 1), it is ${seen(value)}: write one with check --report json=FILE`,
    );
  const node = value;
  const wrong = Object.keys(members).find((key) => members[key]?.(node[key]) !== true);
  if (wrong !== undefined)
    throw new UsageError(`${name} is not a whole report: its "${wrong}" is missing or not as a check writes it`);
  return value as unknown as CheckReport;
}
