import type { CheckReport } from '../../core/check-report.js';
import type { Drift } from '../../core/drift-report.js';
import { toPointer } from '../../core/pointer.js';
import { answersByKind, type JsonAnswer } from './answers.js';

const deepest = 12;
/** An object with more members is a table of data: its keys are no names of fields. */
const mostMembers = 200;

interface Place {
  readonly types: Set<string>;
  /** In how many of the objects around it the field stood. */
  seen: number;
}

interface Shape {
  readonly places: Map<string, Place>;
  /** How many objects stood at a place. */
  readonly objects: Map<string, number>;
}

function typeOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
}

function addTo(shape: Shape, value: unknown, at: string, depth: number): void {
  let place = shape.places.get(at);
  if (place === undefined) {
    place = { types: new Set(), seen: 0 };
    shape.places.set(at, place);
  }
  place.types.add(typeOf(value));
  place.seen += 1;
  if (depth >= deepest || value === null || typeof value !== 'object') return;
  if (Array.isArray(value)) {
    for (const entry of value) addTo(shape, entry, `${at}/*`, depth + 1);
    return;
  }
  const members = Object.entries(value);
  if (members.length > mostMembers) return;
  shape.objects.set(at, (shape.objects.get(at) ?? 0) + 1);
  for (const [name, member] of members) addTo(shape, member, at + toPointer([name]), depth + 1);
}

function shapeOf(answers: readonly JsonAnswer[]): Shape {
  const shape: Shape = { places: new Map(), objects: new Map() };
  for (const { json } of answers) addTo(shape, json, '', 0);
  return shape;
}

const parentOf = (pointer: string) => pointer.slice(0, pointer.lastIndexOf('/'));
const isEntry = (pointer: string) => pointer.endsWith('/*');

/** Whether a field stood in every object that could have it. */
function isConstant({ places, objects }: Shape, pointer: string): boolean {
  return places.get(pointer)?.seen === objects.get(parentOf(pointer));
}

const listed = (types: ReadonlySet<string>) => [...types].sort().join(' or ');

function typeDrift(before: Place, after: Place): Pick<Drift, 'severity' | 'message'> | undefined {
  const fresh = [...after.types].filter((type) => !before.types.has(type));
  if (fresh.length === 0) return undefined;
  const kept = [...before.types].some((type) => after.types.has(type));
  const message = kept ? 'is now of another type at times' : 'is of another type';
  return { severity: kept && fresh.every((type) => type === 'null') ? 'warning' : 'error', message };
}

function placeDrift(before: Shape, after: Shape, pointer: string): Omit<Drift, 'area' | 'operation'> | undefined {
  const was = before.places.get(pointer);
  const is = after.places.get(pointer);
  if (was === undefined) {
    // What stands below a field that is new itself needs no line of its own.
    if (is === undefined || isEntry(pointer) || !before.objects.has(parentOf(pointer))) return undefined;
    return { severity: 'note', pointer, message: 'is new', after: listed(is.types) };
  }
  if (is === undefined) {
    if (isEntry(pointer) || !after.objects.has(parentOf(pointer))) return undefined;
    const severity = isConstant(before, pointer) ? 'error' : 'warning';
    return { severity, pointer, message: 'is there no more', before: listed(was.types) };
  }
  const drift = typeDrift(was, is);
  if (drift !== undefined) return { ...drift, pointer, before: listed(was.types), after: listed(is.types) };
  if (isEntry(pointer) || pointer === '' || !isConstant(before, pointer) || isConstant(after, pointer))
    return undefined;
  const of = after.objects.get(parentOf(pointer)) ?? 0;
  return {
    severity: 'warning',
    pointer,
    message: 'is not always there any more',
    before: 'always',
    after: `${is.seen} of ${of} times`,
  };
}

/** Fields of answers that came, went or changed their type, by operation, status and phase of the task. */
export function shapeDrift(
  before: CheckReport,
  after: CheckReport,
): { readonly drifts: readonly Drift[]; readonly notCompared: readonly string[] } {
  const old = answersByKind(before);
  const now = answersByKind(after);
  const kinds = [...new Set([...old.keys(), ...now.keys()])].sort();
  const drifts: Drift[] = [];
  const notCompared: string[] = [];
  for (const kind of kinds) {
    const [was, is] = [old.get(kind), now.get(kind)];
    if (was === undefined || is === undefined) {
      notCompared.push(`answers ${kind}: only seen ${was === undefined ? 'after' : 'before'}`);
      continue;
    }
    const [one, other] = [shapeOf(was), shapeOf(is)];
    for (const pointer of [...new Set([...one.places.keys(), ...other.places.keys()])].sort()) {
      const drift = placeDrift(one, other, pointer);
      if (drift !== undefined) drifts.push({ area: 'shape', operation: kind, ...drift });
    }
  }
  return { drifts, notCompared };
}
