import { toPointer } from '../core/pointer.js';
import type { OpenApiDocument } from './document.js';
import { resolve } from './operations.js';

/** What a place of a contract is about, from the side of whoever serves it. */
type PlaceRole = 'document' | 'operation' | 'request' | 'answer' | 'task' | 'callback' | 'key';

export interface FactPlace {
  /** JSON pointer of the object that names the fact. */
  readonly pointer: string;
  readonly roles: ReadonlySet<PlaceRole>;
  /** Operations that lead to the place; none for one that belongs to the whole document. */
  readonly operations: ReadonlySet<string>;
}

type Node = Record<string, unknown>;

interface Found {
  readonly roles: Set<PlaceRole>;
  readonly operations: Set<string>;
}

function isNode(value: unknown): value is Node {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** The lists of facts that an object holds itself: `x-facts`, or in a task block `facts`, there also by aspect. */
function listsOf(node: Node, role: PlaceRole): [suffix: string, facts: readonly unknown[]][] {
  if (Array.isArray(node['x-facts'])) return [['', node['x-facts']]];
  const own = role === 'task' ? node['facts'] : undefined;
  if (Array.isArray(own)) return [['', own]];
  if (!isNode(own)) return [];
  return Object.entries(own).flatMap(([aspect, facts]) =>
    Array.isArray(facts) ? [[toPointer(['facts', aspect]), facts]] : [],
  );
}

const roleOfMember: Readonly<Record<string, PlaceRole>> = {
  parameters: 'request',
  requestBody: 'request',
  responses: 'answer',
  callbacks: 'callback',
  'x-async-task': 'task',
  'x-side-endpoint': 'task',
};

/** Every fact that a contract names, with the places that name it, in the order of the document. */
export function factPlaces(document: OpenApiDocument): ReadonlyMap<string, readonly FactPlace[]> {
  const found = new Map<string, Map<string, Found>>();
  const note = (fact: string, pointer: string, role: PlaceRole, operation: string | undefined) => {
    const places = found.get(fact) ?? new Map<string, Found>();
    const place = places.get(pointer) ?? { roles: new Set<PlaceRole>(), operations: new Set<string>() };
    place.roles.add(role);
    if (operation !== undefined) place.operations.add(operation);
    found.set(fact, places.set(pointer, place));
  };

  const walk = (pointer: string, role: PlaceRole, operation: string | undefined, seen: Set<string>) => {
    const { pointer: at, value } = resolve(document, pointer);
    if (value === null || typeof value !== 'object' || seen.has(at)) return;
    seen.add(at);
    if (isNode(value))
      for (const [suffix, facts] of listsOf(value, role))
        for (const fact of facts) note(String(fact), at + suffix, role, operation);
    // What an example shows is data: a field of it that happens to be called `facts` names none.
    for (const key of Object.keys(value))
      if (!['x-facts', 'facts', 'example', 'examples'].includes(key) || !isNode(value))
        walk(at + toPointer([key]), role, operation, seen);
  };

  for (const [, facts] of listsOf(document.info as unknown as Node, 'document'))
    for (const fact of facts) note(String(fact), '/info', 'document', undefined);
  for (const [path, item] of Object.entries(document.paths))
    for (const [method, raw] of Object.entries(item)) {
      const pointer = toPointer(['paths', path, method]);
      if (method === 'parameters') walk(pointer, 'request', undefined, new Set());
      if (!isNode(raw)) continue;
      const operation = String(raw['operationId']);
      for (const [, facts] of listsOf(raw, 'operation'))
        for (const fact of facts) note(String(fact), pointer, 'operation', operation);
      for (const [member, role] of Object.entries(roleOfMember))
        if (raw[member] !== undefined) walk(pointer + toPointer([member]), role, operation, new Set());
    }
  walk('/components/securitySchemes', 'key', undefined, new Set());

  return new Map(
    [...found].map(([fact, places]) => [
      fact,
      [...places].map(([pointer, { roles, operations }]) => ({ pointer, roles, operations })),
    ]),
  );
}
