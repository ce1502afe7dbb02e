import { resolve } from '../../contract/operations.js';
import { toPointer } from '../../core/pointer.js';
import { isNode, type SchemaNode } from '../schema.js';
import { valueKeywords } from './keywords.js';

/** One constraint at one place of a body; the same object every time, so that it can be counted by itself. */
export interface ConstraintPlace {
  /** JSON pointer of the keyword in the contract. */
  readonly constraint: string;
  /** JSON pointer into the body, `*` for any entry of a list. */
  readonly body: string;
}

interface Rule extends ConstraintPlace {
  holds(value: unknown): boolean;
  concerns(value: unknown): boolean;
}

interface Member extends ConstraintPlace {
  readonly name: string;
  readonly others: readonly unknown[];
}

/** A schema at one place of a body, with all that is asked of it laid out; bodies of one kind go the same steps. */
export interface Step {
  readonly node: unknown;
  readonly rules: readonly Rule[];
  readonly required: readonly Member[];
  readonly dependentRequired: readonly Member[];
  readonly properties: readonly string[];
  /** The step of a schema below, for the same place of the body or one below it. */
  below(suffix: string, bodySuffix?: string): Step;
  /** The same object for each keyword. */
  place(keyword: string): ConstraintPlace;
}

export function nodeOf(node: SchemaNode, keyword: string): SchemaNode {
  const value = node[keyword];
  return isNode(value) ? value : {};
}

export function listOf(node: SchemaNode, keyword: string): readonly unknown[] {
  const value = node[keyword];
  return Array.isArray(value) ? value : [];
}

function rulesOf(node: SchemaNode, pointer: string, body: string): Rule[] {
  return Object.entries(node).flatMap(([keyword, argument]) => {
    const rule = Object.hasOwn(valueKeywords, keyword) ? valueKeywords[keyword] : undefined;
    if (rule === undefined) return [];
    const holds = (value: unknown) => rule.holds(argument as never, value as never);
    return [{ constraint: `${pointer}/${keyword}`, body, concerns: rule.concerns, holds }];
  });
}

/** The first step of bodies of a schema; further ones are laid out when they are first gone. */
export function createStep(document: unknown, schema: string, body = ''): Step {
  const { pointer, value } = resolve(document, schema);
  const node = isNode(value) ? value : {};
  const steps = new Map<string, Step>();
  const places = new Map<string, ConstraintPlace>();
  const member = (suffix: string, name: string, others: readonly unknown[]): Member => ({
    constraint: pointer + suffix,
    body: body + toPointer([name]),
    name,
    others,
  });
  return {
    node: value,
    rules: rulesOf(node, pointer, body),
    required: listOf(node, 'required').map((name, index) => member(`/required/${index}`, String(name), [])),
    dependentRequired: Object.entries(nodeOf(node, 'dependentRequired')).map(([name, others]) =>
      member(toPointer(['dependentRequired', name]), name, [others].flat()),
    ),
    properties: Object.keys(nodeOf(node, 'properties')),
    below(suffix, bodySuffix = '') {
      let step = steps.get(suffix);
      if (step === undefined) {
        step = createStep(document, pointer + suffix, body + bodySuffix);
        steps.set(suffix, step);
      }
      return step;
    },
    place(keyword) {
      let place = places.get(keyword);
      if (place === undefined) {
        place = { constraint: `${pointer}/${keyword}`, body };
        places.set(keyword, place);
      }
      return place;
    },
  };
}
