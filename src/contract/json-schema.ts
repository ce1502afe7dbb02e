import { z } from 'zod';
import { asyncTaskSchema } from './async-task.js';

type Node = Record<string, unknown>;

/** Relative, so that a copy of the package needs no network. */
const id = 'x-async-task.schema.json';
const definitions = '#/$defs/';

function isNode(value: unknown): value is Node {
  return value !== null && typeof value === 'object';
}

/** Shared parts come numbered from zod; they are named for the first place that uses them, so that a reader finds in. */
function namesOf(schema: Node): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const walk = (value: unknown, key: string) => {
    if (!isNode(value)) return;
    const ref = value['$ref'];
    if (typeof ref === 'string' && ref.startsWith(definitions) && !names.has(ref)) {
      let name = key;
      for (let count = 2; taken.has(name); count += 1) name = `${key}${count}`;
      taken.add(name);
      names.set(ref, name);
      walk((schema['$defs'] as Node)[ref.slice(definitions.length)], key);
    }
    for (const [member, inner] of Object.entries(value)) {
      if (member === '$defs') continue;
      const isName = !/^(\d+|anyOf|items|properties|additionalProperties|propertyNames)$/.test(member);
      walk(inner, isName ? member : key);
    }
  };
  walk(schema, 'block');
  return names;
}

function renamed(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((entry) => renamed(entry, names));
  if (!isNode(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      const name = key === '$ref' ? names.get(String(member)) : undefined;
      return [key, name === undefined ? renamed(member, names) : definitions + name];
    }),
  );
}

/**
 * The `x-async-task` block as JSON Schema, for editors and for contracts that are written without this package. An
 * operation may take over the block of another with `like` and state only what differs.
 */
export function asyncTaskJsonSchema(): Node {
  const differing = asyncTaskSchema.partial().extend({ like: z.string() });
  const schema: Node = z.toJSONSchema(z.union([asyncTaskSchema, differing]), {
    target: 'draft-2020-12',
    // What is written in a contract, not what it is read into.
    io: 'input',
    reused: 'ref',
    // Formats of zod's own mean nothing to anybody else; their pattern says the same.
    override({ jsonSchema }) {
      if (jsonSchema.pattern !== undefined) delete jsonSchema.format;
    },
  });
  const names = namesOf(schema);
  const { $schema, $defs = {}, ...rest } = schema;
  return {
    $schema,
    $id: id,
    title: 'x-async-task',
    description: 'The task lifecycle of an image API, on the operation that submits a task.',
    ...(renamed(rest, names) as Node),
    $defs: Object.fromEntries(
      Object.entries($defs as Node).map(([key, member]) => [
        names.get(definitions + key) ?? key,
        renamed(member, names),
      ]),
    ),
  };
}
