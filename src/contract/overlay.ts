import { ContractError, type ContractProblem } from '../core/errors.js';
import type { Json } from '../core/pointer.js';
import { parseTarget, type TargetStep } from './overlay-target.js';

/**
 * OpenAPI Overlay 1.0: a list of changes to a document. A dialect is such a list, so that another reading of a vendor
 * is data, too, and other tools can apply it.
 */
interface Action {
  readonly steps: readonly TargetStep[];
  readonly update: Json | undefined;
  readonly remove: boolean;
}

type Holder = Record<string, Json>;

/** One selected value and the object or list that holds it. */
interface Selected {
  readonly holder: Holder | Json[] | undefined;
  readonly key: string | number;
  readonly value: Json;
}

const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

function isObject(value: unknown): value is Holder {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function readAction(raw: unknown, at: string, problems: ContractProblem[]): Action | undefined {
  const count = problems.length;
  const complain = (pointer: string, message: string) => problems.push({ pointer: at + pointer, message });
  if (!isObject(raw)) {
    complain('', 'must be an object with "target" and "update" or "remove"');
    return undefined;
  }
  const { target, update, remove } = raw;
  const steps = typeof target === 'string' ? parseTarget(target) : 'must be a text such as $.paths';
  if (typeof steps === 'string') complain('/target', steps);
  if (remove !== undefined && typeof remove !== 'boolean') complain('/remove', 'must be true or false');
  if (update === undefined && remove !== true) complain('', 'needs "update" or "remove: true"');
  return problems.length > count || typeof steps === 'string' ? undefined : { steps, update, remove: remove === true };
}

function readActions(file: string, overlay: unknown): Action[] {
  const problems: ContractProblem[] = [];
  if (!isObject(overlay)) throw new ContractError(file, [{ pointer: '', message: 'is not an Overlay document' }]);
  if (typeof overlay['overlay'] !== 'string' || !/^1\.0\.\d+$/.test(overlay['overlay']))
    problems.push({
      pointer: '/overlay',
      message: `must be an Overlay version such as "1.0.0", is ${JSON.stringify(overlay['overlay'])}`,
    });
  const info = overlay['info'];
  for (const name of ['title', 'version'])
    if (!isObject(info) || typeof info[name] !== 'string')
      problems.push({ pointer: `/info/${name}`, message: 'must be a text' });
  const raw = overlay['actions'];
  if (!Array.isArray(raw) || raw.length === 0)
    problems.push({ pointer: '/actions', message: 'must be a list of at least one action' });
  const actions = (Array.isArray(raw) ? raw : []).map((action, index) =>
    readAction(action, `/actions/${index}`, problems),
  );
  if (problems.length > 0) throw new ContractError(file, problems);
  return actions.filter((action) => action !== undefined);
}

function select(document: Json, steps: readonly TargetStep[]): Selected[] {
  let found: Selected[] = [{ holder: undefined, key: '', value: document }];
  for (const step of steps)
    found = found.flatMap(({ value }): Selected[] => {
      if (Array.isArray(value)) {
        const keys = step === '*' ? value.keys() : typeof step === 'number' ? [step] : [];
        return [...keys].flatMap((key) => {
          const member = value[key];
          return member === undefined ? [] : [{ holder: value, key, value: member }];
        });
      }
      if (!isObject(value)) return [];
      const names = step === '*' ? Object.keys(value) : typeof step === 'object' ? [step.name] : [];
      return names.flatMap((key) => {
        const member = Object.hasOwn(value, key) ? value[key] : undefined;
        return member === undefined ? [] : [{ holder: value, key, value: member }];
      });
    });
  return found;
}

/** Objects merge, lists grow at their end, anything else is replaced. */
function merge(into: Holder, update: Holder): void {
  for (const [name, value] of Object.entries(update)) {
    if (forbidden.has(name)) throw new TypeError(`may not set ${JSON.stringify(name)}`);
    const before = Object.hasOwn(into, name) ? into[name] : undefined;
    if (isObject(before) && isObject(value)) merge(before, value);
    else if (Array.isArray(before) && Array.isArray(value)) before.push(...structuredClone(value));
    else into[name] = structuredClone(value);
  }
}

function update({ value }: Selected, change: Json): string | undefined {
  if (Array.isArray(value)) {
    value.push(...structuredClone(Array.isArray(change) ? change : [change]));
    return undefined;
  }
  if (!isObject(value)) return 'selects a plain value: select what holds it and update that';
  if (!isObject(change)) return 'selects an object, so "update" must be an object';
  try {
    merge(value, change);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function removeAll(selected: readonly Selected[]): string | undefined {
  if (selected.some(({ holder }) => holder === undefined)) return 'selects the whole document, which cannot be removed';
  // From the end, so that the places of the others in the same list stay what they were.
  for (const { holder, key } of [...selected].reverse())
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else if (holder !== undefined) delete holder[key];
  return undefined;
}

/**
 * A copy of the document with every action of the overlay applied, in order. Throws a `ContractError` that names the
 * overlay's file. Stricter than the specification in one point: an action that selects nothing is a mistake, because a
 * dialect that silently changes nothing would be the documented contract under another name.
 */
export function applyOverlay(document: object, file: string, overlay: unknown): unknown {
  const changed = structuredClone(document) as unknown as Json;
  const problems: ContractProblem[] = [];
  readActions(file, overlay).forEach((action, index) => {
    const selected = select(changed, action.steps);
    const problem =
      selected.length === 0
        ? 'selects nothing in this contract'
        : action.remove
          ? removeAll(selected)
          : selected.map((one) => update(one, action.update ?? null)).find((one) => one !== undefined);
    if (problem !== undefined) problems.push({ pointer: `/actions/${index}/target`, message: problem });
  });
  if (problems.length > 0) throw new ContractError(file, problems);
  return changed;
}
