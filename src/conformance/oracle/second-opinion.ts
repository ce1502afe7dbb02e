import { type Contract, responseFor, schemaFor } from '../../contract/contract.js';
import type { Operation } from '../../contract/operations.js';
import type { OracleDisagreement, OracleReport } from '../../core/check-report.js';
import type { Exchange } from '../../core/exchange.js';
import { readText } from '../answer-text.js';
import { jsonType, requestSchema } from '../schema.js';
import type { Oracle } from './oracle.js';

const mostListed = 100;

interface Opinion {
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}

type Asked = Opinion | { readonly notJudged: string };

function problems(contract: Contract, schema: string, body: unknown): string[] {
  return contract.violations(schema, body).map(({ pointer, message }) => `${pointer || 'the body'} ${message}`);
}

/** The schema by which an answer is judged, or what keeps it from being judged by one. */
function answerSchema(
  operation: Operation,
  status: number,
  contentType: string,
): { schema: string } | { wrong: string } | undefined {
  const response = responseFor(operation, status);
  if (response === undefined) return { wrong: `status ${status} is not documented` };
  if (Object.keys(response.content).length === 0) return undefined;
  const found = schemaFor(response.content, contentType);
  if (found === undefined) return { wrong: `content type ${JSON.stringify(contentType)} is not documented` };
  return found.schema === undefined ? undefined : { schema: found.schema };
}

/**
 * Bodies that no schema of an object or a list takes. A judge that lets one of them through validates nothing there,
 * and its approval of the real answer is worth nothing.
 */
const canaries: readonly unknown[] = [[], {}, 'canary'];

function isAwake(
  contract: Contract,
  oracle: Oracle,
  operation: Operation,
  schema: string,
  answer: Parameters<Oracle['answer']>[1],
): boolean {
  const bad = canaries.find((body) => contract.violations(schema, body).length > 0);
  return bad === undefined || oracle.answer(operation, { ...answer, body: bad }).length > 0;
}

function judgeAnswer(contract: Contract, oracle: Oracle, operation: Operation, { answer }: Exchange): Asked {
  if (answer === undefined) return { notJudged: 'no answer' };
  if (answer.body === undefined) return { notJudged: 'the body was too long to be kept, or is no text' };
  const type = answer.headers['content-type'] ?? '';
  if (!/json/i.test(type)) return { notJudged: 'the answer is no JSON' };
  const { json } = readText(type, answer.body);
  if (json === undefined) return { notJudged: 'the body does not parse' };
  const seen = { status: answer.status, headers: answer.headers, body: json };
  const place = answerSchema(operation, answer.status, type);
  if (place === undefined) return { notJudged: 'the contract has no schema for the answer' };
  const theirs = oracle.answer(operation, seen);
  if ('wrong' in place) return { ours: [place.wrong], theirs };
  if (!isAwake(contract, oracle, operation, place.schema, seen))
    return { notJudged: `${oracle.name} accepts a body that is wrong on purpose` };
  return { ours: problems(contract, place.schema, json), theirs };
}

function judgeRequest(
  contract: Contract,
  oracle: Oracle,
  operation: Operation,
  { request }: Exchange,
): Asked | undefined {
  const schema = requestSchema(operation, jsonType);
  if (schema === undefined) return undefined;
  if (!/json/i.test(request.headers['content-type'] ?? '')) return { notJudged: 'the request is no JSON' };
  if (request.body === undefined) return { notJudged: 'the request was too long to be kept' };
  const { json } = readText(jsonType, request.body);
  if (json === undefined) return { notJudged: 'the request does not parse' };
  const headers = { ...request.headers, 'content-length': String(Buffer.byteLength(request.body)) };
  return { ours: problems(contract, schema, json), theirs: oracle.request(operation, { headers, body: json }) };
}

/** Shows every recorded request and answer to another judge and lists where it comes to another verdict. */
export function secondOpinion(contract: Contract, oracle: Oracle, exchanges: readonly Exchange[]): OracleReport {
  const disagreements: OracleDisagreement[] = [];
  const notJudged = new Map<string, number>();
  let judged = 0;
  let agreed = 0;
  const weigh = (
    exchange: Exchange,
    operation: Operation,
    side: OracleDisagreement['side'],
    asked: Asked | undefined,
  ) => {
    if (asked === undefined) return;
    if ('notJudged' in asked) return void notJudged.set(asked.notJudged, (notJudged.get(asked.notJudged) ?? 0) + 1);
    judged += 1;
    if ((asked.ours.length === 0) === (asked.theirs.length === 0)) agreed += 1;
    else if (disagreements.length < mostListed)
      disagreements.push({ exchange: exchange.id, operation: `${operation.method} ${operation.path}`, side, ...asked });
  };
  for (const exchange of exchanges) {
    const operation = contract.operations.find(({ id }) => id === exchange.operation);
    if (operation === undefined) continue;
    weigh(exchange, operation, 'request', judgeRequest(contract, oracle, operation, exchange));
    weigh(exchange, operation, 'answer', judgeAnswer(contract, oracle, operation, exchange));
  }
  return {
    name: oracle.name,
    version: oracle.version,
    judged,
    agreed,
    disagreements,
    notJudged: Object.fromEntries(notJudged),
  };
}
