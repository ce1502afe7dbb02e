import { factsAround } from '../../contract/constraints.js';
import type { Contract } from '../../contract/contract.js';
import { type Operation, resolve } from '../../contract/operations.js';
import type { KeywordCoverage } from '../../core/check-report.js';
import { getAt, toPointer } from '../../core/pointer.js';
import type { Sent } from '../evidence.js';
import { createMatcher } from '../recording/match-operation.js';
import { isNode } from '../schema.js';
import { type Body, measure, type Part } from './measure.js';
import { answerReason, parameterReason } from './reasons.js';
import { valueOfText } from './text-values.js';

/** A parameter of a request or a header of an answer, as the contract documents it. */
interface Named {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  /** Its own place in the contract. */
  readonly pointer: string;
}

type Counted = Pick<KeywordCoverage, 'pointer' | 'keyword' | 'schema' | 'kept' | 'broken'>;

function namedAt(contract: Contract, place: string, fallback: { readonly name?: string } = {}): Named[] {
  const { pointer, value } = resolve(contract.document, place);
  const where = isNode(value) ? (value['in'] ?? 'header') : undefined;
  if (!isNode(value) || (where !== 'path' && where !== 'query' && where !== 'header')) return [];
  const name = fallback.name ?? value['name'];
  return typeof name === 'string' ? [{ name, in: where, required: value['required'] === true, pointer }] : [];
}

/** Counts the constraints of one name over the texts that stood there; undefined stands for none. */
function measureNamed(
  contract: Contract,
  part: Part,
  { name, required, pointer }: Named,
  texts: readonly (string | undefined)[],
  reasonFor: (counted: Counted) => string | undefined,
): KeywordCoverage[] {
  const { document } = contract;
  const schema = `${pointer}/schema`;
  const place = toPointer([name]);
  const there = texts.filter((text) => text !== undefined);
  const bodies = there.map((text): Body => ({ value: valueOfText(document, schema, text), count: 1 }));
  const own = measure(contract, part, schema, bodies, reasonFor).map((one) => ({ ...one, pointer: place }));
  if (!required) return own;
  const counted = {
    ...part,
    schema: `${pointer}/required`,
    pointer: place,
    keyword: 'required',
    facts: factsAround(document, pointer),
    kept: there.length,
    broken: texts.length - there.length,
  };
  const reason = reasonFor(counted);
  return [{ ...counted, ...(reason === undefined ? {} : { reason }) }, ...own];
}

/** Constraints of what stands in the address and in the headers of an operation's requests. */
export function parameters(contract: Contract, operation: Operation, sent: readonly Sent[]): KeywordCoverage[] {
  const lists = [
    `${operation.pointer.slice(0, operation.pointer.lastIndexOf('/'))}/parameters`,
    `${operation.pointer}/parameters`,
  ];
  const named = lists.flatMap((place) => {
    const list = resolve(contract.document, place).value;
    return Array.isArray(list) ? list.flatMap((_, index) => namedAt(contract, `${place}/${index}`)) : [];
  });
  if (named.length === 0) return [];
  const match = createMatcher(contract);
  const requests = sent.flatMap(({ exchange: { request } }) => {
    const found = match(request.method, request.url);
    return found?.operation === operation ? [{ values: found.values, headers: request.headers }] : [];
  });
  return named.flatMap((one) => {
    const part = { operation: operation.id, part: 'request', in: one.in };
    const texts = requests.map(({ values, headers }) =>
      one.in === 'header' ? headers[one.name.toLowerCase()] : values.get(one.name),
    );
    return measureNamed(contract, part, one, texts, (counted) =>
      parameterReason(requests.length, { ...counted, in: one.in, value: getAt(contract.document, counted.schema) }),
    );
  });
}

/** Constraints of the headers of an operation's answers. */
export function answerHeaders(
  contract: Contract,
  operation: Operation,
  byPart: ReadonlyMap<string, readonly Sent[]>,
): KeywordCoverage[] {
  return Object.keys(operation.responses).flatMap((status) => {
    const { pointer, value } = resolve(contract.document, `${operation.pointer}/responses/${status}`);
    const headers = isNode(value) && isNode(value['headers']) ? Object.keys(value['headers']) : [];
    const came = byPart.get(status) ?? [];
    return headers
      .flatMap((name) => namedAt(contract, pointer + toPointer(['headers', name]), { name }))
      .flatMap((one) => {
        const part = { operation: operation.id, part: status, in: one.in };
        // An empty header says as much as none.
        const texts = came.map(({ exchange }) => exchange.answer?.headers[one.name.toLowerCase()] || undefined);
        return measureNamed(contract, part, one, texts, (counted) => answerReason(status, came.length, counted));
      });
  });
}
