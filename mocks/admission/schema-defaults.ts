import type { AsyncTask, Role } from '../../src/contract/async-task.js';
import type { Contract } from '../../src/contract/contract.js';
import { resolve } from '../../src/contract/operations.js';
import { schemaProperty } from '../../src/contract/schema-property.js';
import { satisfies } from '../../src/contract/small-schema.js';
import { getAt, type Json, setAt, toPointer, withAt } from '../../src/core/pointer.js';
import type { RoleDefaults } from './effective-request.js';

/** The default that the request schema states for each role. */
export function statedDefaults(contract: Contract, task: AsyncTask, schema: string | undefined): RoleDefaults {
  const defaults: Partial<Record<Role, Json>> = {};
  for (const [role, pointer] of Object.entries(task.request) as [Role, string][]) {
    const stated = schema === undefined ? undefined : schemaProperty(contract, schema, pointer)?.['default'];
    if (stated !== undefined) defaults[role] = stated as Json;
  }
  return defaults;
}

/** Models are few; a server that was told not to validate is not filled by made-up ones. */
const mostModels = 64;

/**
 * The default of each role for a model: what the request schema states, else what the contract assumes, unless the
 * schema forbids that value beside this model.
 */
export function createDefaults(
  contract: Contract,
  task: AsyncTask,
  schema: string | undefined,
): (model: Json | undefined) => RoleDefaults {
  const stated = statedDefaults(contract, task, schema);
  const byModel = new Map<string, RoleDefaults>();

  const assumedFor = (model: Json | undefined): RoleDefaults => {
    const named: Json =
      model === undefined || task.request.model === undefined ? {} : setAt({}, task.request.model, model);
    const before = schema === undefined ? 0 : contract.violations(schema, named).length;
    const assumed: Partial<Record<Role, Json>> = {};
    for (const [role, pointer] of Object.entries(task.request) as [Role, string][]) {
      const value = task.assume?.[pointer] as Json | undefined;
      if (value === undefined) continue;
      const body = withAt(named, pointer, value);
      // What would be ignored if it were sent does not take effect by itself either.
      if (task.ignore?.some((rule) => rule.pointer === pointer && satisfies(rule.if, body))) continue;
      if (schema === undefined || contract.violations(schema, body).length <= before) assumed[role] = value;
    }
    return assumed;
  };

  return (model) => {
    const key = JSON.stringify(model ?? null);
    const known = byModel.get(key);
    if (known !== undefined) return known;
    const defaults = { ...assumedFor(model), ...stated };
    if (byModel.size < mostModels) byModel.set(key, defaults);
    return defaults;
  };
}

/** The JSON types of the properties of a body schema, for forms whose fields are all text. */
export function propertyTypes(contract: Contract, schema: string): Readonly<Record<string, string>> {
  const properties = getAt(resolve(contract.document, schema).value, '/properties');
  return Object.fromEntries(
    Object.keys((properties ?? {}) as object).map((name) => [
      name,
      String(schemaProperty(contract, schema, toPointer([name]))?.['type']),
    ]),
  );
}
