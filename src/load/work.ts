import type { Role } from '../contract/async-task.js';
import type { Contract, SubmitOperation } from '../contract/contract.js';
import { schemaFor } from '../contract/contract.js';
import { type PricedRequest, priceOf } from '../contract/price.js';
import { schemaProperty } from '../contract/schema-property.js';
import type { TimedRequest } from '../core/lifecycle/timing.js';
import { getAt, type Json } from '../core/pointer.js';

/** What every submit of a run asks for; they differ in the number of the picture in their prompts only. */
export interface Work {
  readonly request: PricedRequest & TimedRequest;
  /** In the vendor's unit; undefined where its contract has no price rule. */
  readonly pricePerTask: number | undefined;
}

/** Reads the first submit's body as the vendor would: what it does not say takes the contract's defaults. */
export function workOf(contract: Contract, { request, task }: SubmitOperation, body: (task: number) => string): Work {
  const sent = JSON.parse(body(1)) as Json;
  const schema = schemaFor(request, 'application/json')?.schema;
  const given = (role: Role): unknown => {
    const pointer = task.request[role];
    if (pointer === undefined) return undefined;
    const stated = schema === undefined ? undefined : schemaProperty(contract, schema, pointer)?.['default'];
    return getAt(sent, pointer) ?? stated ?? task.assume?.[pointer];
  };
  const { sizes } = task.delivery;
  const [width = 1024, height = 1024] = (sizes[String(given('size'))] ?? Object.values(sizes)[0] ?? '1024x1024')
    .split('x')
    .map(Number);
  const count = Number(given('count') ?? 1);
  const model = given('model');
  const priced = {
    prompt: String(given('prompt') ?? ''),
    width,
    height,
    count: Number.isFinite(count) ? Math.max(1, Math.floor(count)) : 1,
    references: 0,
    model: typeof model === 'string' ? model : undefined,
    params: { quality: given('quality') },
  };
  return { request: priced, pricePerTask: task.price === undefined ? undefined : priceOf(task, priced) };
}
