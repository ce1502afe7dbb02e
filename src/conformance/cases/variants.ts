import type { Role } from '../../contract/async-task.js';
import type { Contract, SubmitOperation } from '../../contract/contract.js';
import { getAt, type Json, withAt } from '../../core/pointer.js';
import { parameterFor } from '../contract-facts.js';
import { bodySchema } from '../requests.js';

/** Roles whose every documented value is asked for once. The model comes first: what else is legal hangs on it. */
const varied: readonly Role[] = [
  'model',
  'size',
  'format',
  'background',
  'quality',
  'count',
  'encoding',
  'style',
  'moderation',
  'fidelity',
];
const mostTasks = 16;
/** More images than this in one request are only asked for on this machine. */
const fewImages = 4;

interface Choice {
  readonly role: Role;
  readonly pointer: string;
  readonly value: Json;
}

function choicesOf(contract: Contract, operation: SubmitOperation, loopback: boolean): Choice[] {
  return varied.flatMap((role): Choice[] => {
    const parameter = parameterFor(contract, operation, role);
    const pointer = operation.task.request[role];
    if (parameter === undefined || pointer === undefined) return [];
    if (role !== 'count')
      return ((parameter.keywords['enum'] ?? []) as Json[]).map((value) => ({ role, pointer, value }));
    const clamp = operation.task.clamp?.find((one) => one.pointer === pointer);
    const most = Number(parameter.keywords['maximum'] ?? clamp?.maximum ?? 2);
    return [2, most]
      .filter((value, index, all) => all.indexOf(value) === index && value <= most)
      .filter((value) => loopback || value <= fewImages)
      .map((value) => ({ role, pointer, value }));
  });
}

/**
 * Few requests that together use every documented value of the parameters which shape what is delivered. Each is legal
 * by the contract; a value that is not legal in the smallest request is tried beside each value of the other parameters.
 */
export function variantsOf(
  contract: Contract,
  operation: SubmitOperation,
  minimal: Json,
  loopback: boolean,
): { readonly bodies: readonly Json[]; readonly skipped: readonly string[] } {
  const schema = bodySchema(operation) ?? '';
  const isLegal = (body: Json) => contract.violations(schema, body).length === 0;
  const choices = choicesOf(contract, operation, loopback);
  const open = new Set(choices.filter(({ pointer, value }) => getAt(minimal, pointer) !== value));
  const bodies: Json[] = [];
  const skipped: string[] = [];
  for (const choice of choices) {
    if (!open.has(choice)) continue;
    const own = withAt(minimal, choice.pointer, choice.value);
    const others = choices.filter(({ role }) => role !== choice.role);
    let body = [own, ...others.map((other) => withAt(own, other.pointer, other.value))].find(isLegal);
    if (body === undefined || bodies.length >= mostTasks) {
      skipped.push(
        `${choice.pointer} ${JSON.stringify(choice.value)}: ${body === undefined ? 'never legal' : 'too many tasks'}`,
      );
      open.delete(choice);
      continue;
    }
    for (const other of open) {
      const at: unknown = getAt(body, other.pointer);
      const isFree = at === undefined || (at === getAt(minimal, other.pointer) && other.role !== choice.role);
      const more: Json = withAt(body, other.pointer, other.value);
      if (isFree && isLegal(more)) body = more;
    }
    for (const other of choices) if (getAt(body, other.pointer) === other.value) open.delete(other);
    bodies.push(body);
  }
  return { bodies, skipped };
}
