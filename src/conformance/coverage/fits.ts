import { toPointer } from '../../core/pointer.js';
import { isNode, type SchemaNode } from '../schema.js';
import { valueKeywords } from './keywords.js';
import { type ConstraintPlace, createStep, listOf, nodeOf, type Step } from './steps.js';

/** Told of each constraint that concerned a value, and whether it was kept. */
export type Tell = (place: ConstraintPlace, holds: boolean) => void;

const deepest = 64;
const choices = ['oneOf', 'anyOf'] as const;

/**
 * Judges values by one schema of a document and tells of every constraint on the way, kept ones as well: validators only
 * tell what is broken. Keywords that it does not know ask for nothing.
 */
export function createFits(document: unknown, schema: string): (value: unknown, tell?: Tell) => boolean {
  const first = createStep(document, schema);
  return (value, tell) => judge(first, value, tell, 0);
}

function judge(step: Step, value: unknown, tell: Tell | undefined, depth: number): boolean {
  const { node } = step;
  if (!isNode(node) || depth > deepest) return node !== false;
  let fits = true;
  const say = (place: ConstraintPlace, holds: boolean) => {
    tell?.(place, holds);
    fits &&= holds;
  };
  const suits = (suffix: string) => judge(step.below(suffix), value, undefined, depth + 1);
  const follow = (suffix: string) => {
    if (!judge(step.below(suffix), value, tell, depth + 1)) fits = false;
  };
  for (const rule of step.rules) if (rule.concerns(value)) say(rule, rule.holds(value));
  if (isNode(value) && !judgeMembers(step, node, value, tell, depth)) fits = false;
  if (Array.isArray(value)) {
    if (node['items'] !== undefined)
      for (const entry of value) if (!judge(step.below('/items', '/*'), entry, tell, depth + 1)) fits = false;
    if (node['contains'] !== undefined)
      say(
        step.place('contains'),
        value.some((entry) => judge(step.below('/contains'), entry, undefined, depth + 1)),
      );
  }
  if (node['not'] !== undefined) say(step.place('not'), !suits('/not'));
  if (node['if'] !== undefined) {
    const branch = suits('/if') ? 'then' : 'else';
    if (node[branch] !== undefined) follow(`/${branch}`);
  }
  for (const [index] of listOf(node, 'allOf').entries()) follow(`/allOf/${index}`);
  for (const choice of choices) {
    const branches = listOf(node, choice).map((_, index) => `/${choice}/${index}`);
    if (branches.length === 0) continue;
    const fitting = branches.filter(suits);
    say(step.place(choice), choice === 'oneOf' ? fitting.length === 1 : fitting.length > 0);
    // Where none fits, the first that is of the value's type was meant.
    const meant = fitting.length > 0 ? fitting : branches.filter((one) => isOfItsType(step.below(one).node, value));
    if (tell !== undefined) for (const branch of fitting.length > 0 ? fitting : meant.slice(0, 1)) follow(branch);
  }
  return fits;
}

/** The keywords of objects. */
function judgeMembers(step: Step, node: SchemaNode, value: SchemaNode, tell: Tell | undefined, depth: number): boolean {
  let fits = true;
  const say = (place: ConstraintPlace, holds: boolean) => {
    tell?.(place, holds);
    fits &&= holds;
  };
  const has = (name: unknown) => Object.hasOwn(value, String(name));
  for (const place of step.required) say(place, has(place.name));
  for (const place of step.dependentRequired) if (has(place.name)) say(place, place.others.every(has));
  for (const name of Object.keys(nodeOf(node, 'dependentSchemas')))
    if (has(name) && !judge(step.below(toPointer(['dependentSchemas', name])), value, tell, depth + 1)) fits = false;
  for (const name of step.properties) {
    const suffix = toPointer([name]);
    const below = step.below(`/properties${suffix}`, suffix);
    if (has(name)) fits = judge(below, value[name], tell, depth + 1) && fits;
    // What must not be there is kept by every body without it.
    else if (tell !== undefined && isBan(below.node)) tell(below.place('not'), true);
  }
  const rest = node['additionalProperties'];
  if (rest === undefined || rest === true) return fits;
  const others = Object.keys(value).filter((name) => !step.properties.includes(name));
  const below = step.below('/additionalProperties');
  say(
    step.place('additionalProperties'),
    others.every((name) => judge(below, value[name], undefined, depth + 1)),
  );
  return fits;
}

function isBan(node: unknown): boolean {
  return isNode(node) && isNode(node['not']) && Object.keys(node['not']).length === 0;
}

function isOfItsType(node: unknown, value: unknown): boolean {
  const type = isNode(node) ? node['type'] : undefined;
  return type !== undefined && valueKeywords['type']?.holds(type as never, value as never) === true;
}
