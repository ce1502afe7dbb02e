import type { Contract, SubmitOperation } from '../contract/contract.js';
import type { Operation } from '../contract/operations.js';
import { type Json, withAt } from '../core/pointer.js';
import { credentialHeaders, type Malformation } from './credentials.js';
import type { Credential, Purpose } from './evidence.js';
import { multipartBody } from './multipart.js';
import type { Call } from './recorder.js';
import type { Keys } from './redact.js';
import { examplesOf, formType, isBinary, jsonType, propertiesOf, requestSchema, sampleValue } from './schema.js';

/** What a request needs to know besides its own content. */
export interface Target {
  readonly contract: Contract;
  /** Stands in for the contract's server. */
  readonly baseUrl: string;
  readonly keys: Keys;
  /** Sent along with every request to the API. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface CallOptions {
  readonly credential?: Credential;
  readonly malformation?: Malformation;
}

function baseCall(
  target: Target,
  purpose: Purpose,
  options: CallOptions,
): Pick<Call, 'headers' | 'credential' | 'purpose'> {
  const credential = options.credential ?? 'key';
  return {
    headers: {
      accept: '*/*',
      ...target.headers,
      ...credentialHeaders(target.contract, target.keys, credential, options.malformation),
    },
    credential,
    purpose,
  };
}

/** A request to any path below the base URL. */
export function plainCall(
  target: Target,
  method: string,
  path: string,
  purpose: Purpose,
  options: CallOptions = {},
): Call {
  return { ...baseCall(target, purpose, options), method, url: target.baseUrl + path };
}

/** A submit with the body in the content type that the operation takes; JSON where it takes several. */
export function submitCall(
  target: Target,
  operation: SubmitOperation,
  body: unknown,
  purpose: Purpose,
  options: CallOptions = {},
): Call {
  const base = baseCall(target, purpose, options);
  const call = { ...base, method: operation.method, url: target.baseUrl + operation.path, operation };
  if (contentTypeOf(operation) === formType) {
    const schema = requestSchema(operation, formType) ?? '';
    const form = multipartBody(body, (name) => isFile(target.contract, schema, name));
    return { ...call, headers: { ...base.headers, 'content-type': form.contentType }, body: form.body, fields: body };
  }
  return { ...call, headers: { ...base.headers, 'content-type': jsonType }, body: JSON.stringify(body) };
}

/** A submit whose body is sent exactly as given, under a content type or without one. */
export function rawSubmitCall(
  target: Target,
  operation: SubmitOperation,
  contentType: string | undefined,
  body: string | Uint8Array,
  purpose: Purpose,
): Call {
  const base = baseCall(target, purpose, {});
  return {
    ...base,
    method: operation.method,
    url: target.baseUrl + operation.path,
    headers: { ...base.headers, ...(contentType === undefined ? {} : { 'content-type': contentType }) },
    body,
    operation,
  };
}

/** A request for a task; no id leaves the place of a query id out. */
export function pollCall(
  target: Target,
  poll: Operation,
  id: string | undefined,
  purpose: Purpose,
  options: CallOptions = {},
): Call {
  const place = target.contract.submit?.task.poll?.id;
  // An id is the server's own text: half of a surrogate pair must not throw here.
  const encoded = encodeURIComponent(Buffer.from(id ?? '').toString());
  const path = place?.in === 'path' ? poll.path.replace(`{${place.name}}`, encoded) : poll.path;
  const query = place?.in === 'query' && id !== undefined ? `?${encodeURIComponent(place.name)}=${encoded}` : '';
  return { ...plainCall(target, poll.method, path + query, purpose, options), operation: poll };
}

export function contentTypeOf(operation: Operation): string {
  return jsonType in operation.request ? jsonType : formType in operation.request ? formType : jsonType;
}

function isFile(contract: Contract, schema: string, name: string): boolean {
  const property = propertiesOf(contract.document, schema).find((one) => one.name === name);
  return property !== undefined && isBinary(contract.document, property.schema);
}

/** The smallest legal request with this prompt; undefined where neither the schema nor an example leads to one. */
export function minimalBody(contract: Contract, operation: SubmitOperation, prompt: string): Json | undefined {
  const schema = requestSchema(operation, contentTypeOf(operation));
  if (schema === undefined) return undefined;
  const withPrompt = (body: Json): Json => {
    const place = operation.task.request.prompt;
    return place === undefined ? body : withAt(body, place, prompt);
  };
  const required = propertiesOf(contract.document, schema).filter((property) => property.required);
  const sampled = Object.fromEntries(
    required.map(({ name, schema: at }) => [name, sampleValue(contract.document, at)]),
  );
  const examples = examplesOf(contract, operation, contentTypeOf(operation)).map(([, value]) => value as Json);
  return [sampled, ...examples].map(withPrompt).find((body) => contract.violations(schema, body).length === 0);
}

/** The schema of the body that `minimalBody` makes. */
export function bodySchema(operation: SubmitOperation): string | undefined {
  return requestSchema(operation, contentTypeOf(operation));
}
