import type { Contract } from '../../src/contract/contract.js';
import { responseFor } from '../../src/contract/contract.js';
import type { HostileRequest } from './hostile-request.js';
import type { RawAnswer } from './send-raw.js';

function operationOf(contract: Contract, method: string, path: string) {
  return contract.operations.find(
    (one) => one.method === method && new RegExp(`^${one.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What is wrong with an answer to a request, whatever the request was; undefined where nothing is. */
export function complaintAbout(
  contracts: readonly Contract[],
  { method, path, sending }: HostileRequest,
  { status, headers, body }: RawAnswer,
): string | undefined {
  // Whoever hung up is told nothing; everybody else is.
  if (status === 0) return sending === 'hang-up' ? undefined : 'the connection was closed without a word';
  // Nobody has asked for a failure of the server.
  if (status >= 500) return `status ${status}: ${body.subarray(0, 300).toString()}`;
  if (method === 'HEAD' && body.byteLength === 0) return undefined;
  // The platform itself refuses an expectation that it does not know, without a word.
  if (status === 417 && body.byteLength === 0) return undefined;
  const type = headers['content-type'] ?? '';
  const [whole = ''] = path.split('?');
  const contract = contracts.find(({ id }) => whole.startsWith(`/${id}/`));
  const at = contract === undefined ? '' : whole.slice(contract.id.length + 1);
  const operation = contract === undefined ? undefined : operationOf(contract, method, at);
  const documented = operation === undefined ? undefined : responseFor(operation, status);
  if (/^(image\/|text\/event-stream)/.test(type)) return status === 200 ? undefined : `status ${status} with ${type}`;
  if (!/^application\/json/.test(type)) return `status ${status} is ${type === '' ? 'of no type' : type}`;
  const value = parsed(body.toString());
  if (value === undefined) return `status ${status} is not valid JSON: ${body.subarray(0, 300).toString()}`;
  if (body.includes('node:') || /\bat \S+ \(/.test(body.toString())) return 'the answer shows a stack trace';
  const schema = documented?.content['application/json'];
  if (contract !== undefined && schema !== undefined && (status === 200 || isOwnShape(contract, value))) {
    const [violation] = contract.violations(schema, value);
    if (violation !== undefined)
      return `status ${status} breaks the contract at ${violation.pointer || 'its root'}: ${violation.message}`;
  }
  if (status >= 400 && messageOf(value) === undefined) return `a refusal without a message: ${body.toString()}`;
  return undefined;
}

/** What could not be read as HTTP at all is refused in a plain shape, before any vendor is known. */
function isOwnShape(contract: Contract, value: unknown): boolean {
  const plain = Object.keys((value as { error?: object }).error ?? {}).join() === 'message';
  return !plain || contract.submit === undefined;
}

function messageOf(value: unknown): string | undefined {
  const { error, message } = (value ?? {}) as { error?: { message?: string } | string; message?: string };
  return typeof error === 'string' ? error : (error?.message ?? message);
}
