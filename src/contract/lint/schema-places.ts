import { toPointer } from '../../core/pointer.js';
import { resolve } from '../operations.js';

type Node = Record<string, unknown>;

export function isNode(value: unknown): value is Node {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Whether a schema knows a place of a body: it describes it, it leaves open what stands there, or it has no such place. */
export interface PlaceInSchema {
  readonly state: 'described' | 'open' | 'unknown';
  /** Pointers of the schemas that describe it. */
  readonly schemas: readonly string[];
  /** Where it is unknown: the names that there are at the same level. */
  readonly known: readonly string[];
}

/** Contracts may refer to themselves. */
const deepest = 40;

function merged(all: readonly PlaceInSchema[]): PlaceInSchema {
  const described = all.filter(({ state }) => state === 'described');
  if (described.length > 0)
    return { state: 'described', schemas: described.flatMap(({ schemas }) => schemas), known: [] };
  const known = [...new Set(all.flatMap((one) => one.known))];
  return { state: all.some(({ state }) => state === 'open') ? 'open' : 'unknown', schemas: [], known };
}

/** Looks a place up, by its names from the body's root; `*` and numbers are entries of a list. */
export function placeInSchema(document: unknown, schema: string, names: readonly string[], depth = 0): PlaceInSchema {
  const open: PlaceInSchema = { state: 'open', schemas: [], known: [] };
  const { pointer, value } = resolve(document, schema);
  const [name, ...rest] = names;
  if (!isNode(value) || depth > deepest) return open;
  if (name === undefined) return { state: 'described', schemas: [pointer], known: [] };
  const next = (at: readonly string[], left: readonly string[]) =>
    placeInSchema(document, pointer + toPointer([...at]), left, depth + 1);
  const list = (keyword: string) => (Array.isArray(value[keyword]) ? Object.keys(value[keyword]) : []);
  const branches = [
    ...['oneOf', 'anyOf'].flatMap((keyword) => list(keyword).map((index) => next([keyword, index], names))),
    // What has to hold as well and says nothing of the place leaves nothing open.
    ...[...list('allOf').map((index) => ['allOf', index]), ['then'], ['else']]
      .map((at) => next(at, names))
      .filter(({ state }) => state !== 'open'),
  ];
  const isEntry = name === '*' || /^\d+$/.test(name);
  if (isEntry && isNode(value['items'])) return merged([...branches, next(['items'], rest)]);
  const { properties, additionalProperties } = value;
  if (isNode(properties) && Object.hasOwn(properties, name))
    return merged([...branches, next(['properties', name], rest)]);
  if (isNode(additionalProperties)) return merged([...branches, next(['additionalProperties'], rest)]);
  const types = [value['type']].flat().filter((type) => type !== undefined);
  const isPlain = types.length > 0 && !types.includes('object') && !types.includes('array');
  if (isNode(properties) && additionalProperties !== true)
    return merged([...branches, { state: 'unknown', schemas: [], known: Object.keys(properties) }]);
  if (isPlain) return merged([...branches, { state: 'unknown', schemas: [], known: [] }]);
  return branches.length > 0 ? merged(branches) : open;
}
