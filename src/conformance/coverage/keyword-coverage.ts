import type { Content, Operation } from '../../contract/operations.js';
import type { KeywordCoverage } from '../../core/check-report.js';
import type { Evidence, Sent } from '../evidence.js';
import { formsOf, isForm } from './forms.js';
import { type Body, measure } from './measure.js';
import { answerHeaders, parameters } from './named-values.js';
import { answerReason, requestReason, unreadReason } from './reasons.js';

/** A contract of somebody else may be of any size; a report is not. */
const mostEntries = 5000;
/** The bodies among some texts that are JSON, equal ones once. */
function bodiesOf(texts: readonly (string | undefined)[]): Body[] {
  const bodies = new Map<string, Body | undefined>();
  for (const text of texts) {
    if (text === undefined) continue;
    const known = bodies.get(text);
    if (known !== undefined) known.count += 1;
    else if (!bodies.has(text)) bodies.set(text, parsed(text));
  }
  return [...bodies.values()].filter((body) => body !== undefined);
}

/** An answer whose text is too long to be kept was read all the same. */
function largeBody({ exchange, json }: Sent): Body[] {
  return exchange.answer?.body === undefined && json !== undefined ? [{ value: json, count: 1 }] : [];
}

function parsed(text: string): Body | undefined {
  try {
    return { value: JSON.parse(text), count: 1 };
  } catch {
    return undefined;
  }
}

const isJson = (type: string) => /[/+]json\b/.test(type);

function schemasOf(content: Content): { readonly type: string; readonly schema: string }[] {
  return Object.entries(content).flatMap(([type, schema]) => (schema === undefined ? [] : [{ type, schema }]));
}

/** The documented response that an answer falls under. */
function partOf({ responses }: Operation, status: number): string | undefined {
  return [String(status), `${Math.floor(status / 100)}XX`, 'default'].find((name) => responses[name] !== undefined);
}

function groupBy<T>(list: readonly T[], keyFor: (one: T) => string | undefined): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const key = keyFor(one);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
}

/**
 * How far each constraint of the contract was exercised, in bodies, parameters and headers: by requests that kept and that
 * broke it, and by answers that had something at its place. Where one was not, it says why.
 */
export function keywordCoverage(evidence: Evidence): KeywordCoverage[] {
  const { contract, sent } = evidence;
  const byOperation = groupBy(sent, ({ operation }) => operation?.id);
  const all = contract.operations.flatMap((operation) => {
    const own: readonly Sent[] = byOperation.get(operation.id) ?? [];
    const requests = schemasOf(operation.request).flatMap(({ type, schema }) => {
      const part = { operation: operation.id, part: 'request' };
      if (!isJson(type) && !isForm(type)) return measure(contract, part, schema, [], () => unreadReason);
      const bodies = isForm(type)
        ? formsOf(contract.document, schema, type, own)
        : bodiesOf(own.map(({ exchange }) => exchange.request.body));
      return measure(contract, part, schema, bodies, (one) => requestReason(evidence, operation, bodies.length, one));
    });
    const byPart = groupBy(own, ({ status }) => (status === undefined ? undefined : partOf(operation, status)));
    const answers = Object.entries(operation.responses).flatMap(([status, { content }]) =>
      schemasOf(content)
        .filter(({ type }) => isJson(type))
        .flatMap(({ schema }) => {
          const came = byPart.get(status) ?? [];
          const bodies = [...bodiesOf(came.map(({ exchange }) => exchange.answer?.body)), ...came.flatMap(largeBody)];
          const part = { operation: operation.id, part: status };
          return measure(contract, part, schema, bodies, (one) => answerReason(status, bodies.length, one));
        }),
    );
    return [
      ...requests,
      ...parameters(contract, operation, own),
      ...answers,
      ...answerHeaders(contract, operation, byPart),
    ];
  });
  return all.slice(0, mostEntries);
}
