import type { ErrorObject, ValidateFunction } from 'ajv/dist/core.js';
import { getAt, toPointer } from '../core/pointer.js';
import { createCompiler } from './compile-schemas.js';
import type { OpenApiDocument } from './document.js';
import { resolve } from './operations.js';

/** One way in which a value breaks its schema. */
export interface Violation {
  /** JSON pointer into the value. */
  readonly pointer: string;
  /** The JSON Schema keyword that is broken. */
  readonly keyword: string;
  /** JSON pointer of that keyword in the contract. */
  readonly schema: string;
  readonly message: string;
  /** Facts of the innermost schema that states any. */
  readonly facts: readonly string[];
}

/** Validates values against schemas of one document; schemas are compiled when first needed. */
export interface Validators {
  /** Violations of the schema at a pointer of the document; none means valid. */
  violations(schemaPointer: string, value: unknown): readonly Violation[];
}

type Node = Record<string, unknown>;

/** Validators that were compiled beforehand, by the pointer of their schema. */
export type Precompiled = Readonly<Record<string, ValidateFunction>>;

/** In precompiled schemas, which are copies, this says where the schema stands in the document. */
export const placeKey = 'x-proofsheet-at';

/** Remembers where each object of the document stands, so that a compiled error finds its way back to the page. */
function indexPlaces(document: object): WeakMap<object, string> {
  const places = new WeakMap<object, string>();
  const walk = (value: unknown, pointer: string) => {
    if (value === null || typeof value !== 'object' || places.has(value)) return;
    places.set(value, pointer);
    for (const [key, member] of Object.entries(value)) walk(member, pointer + toPointer([key]));
  };
  walk(document, '');
  return places;
}

/** Schemas are taken as they were compiled beforehand, else compiled when they are first needed. */
export function createValidators(file: string, document: OpenApiDocument, precompiled: Precompiled = {}): Validators {
  let compiler: { compile(pointer: string): ValidateFunction; places: WeakMap<object, string> } | undefined;

  const compile = (pointer: string): ValidateFunction => {
    const ready = Object.hasOwn(precompiled, pointer) ? precompiled[pointer] : undefined;
    if (ready !== undefined) return ready;
    compiler ??= { compile: createCompiler(file, document), places: indexPlaces(document) };
    return compiler.compile(pointer);
  };

  const placeOf = (schema: object | undefined): string | undefined => {
    if (schema === undefined) return undefined;
    const marked = (schema as Node)[placeKey];
    return typeof marked === 'string' ? marked : compiler?.places.get(schema);
  };

  const factsAt = (pointer: string): string[] => {
    const facts = getAt(document, `${pointer}/x-facts`);
    return Array.isArray(facts) ? facts.map(String) : [];
  };

  /** Of the innermost schema around a place that states any. */
  const factsAround = (pointer: string): string[] => {
    for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
      const facts = factsAt(at);
      if (facts.length > 0) return facts;
    }
    return factsAt('');
  };

  const factsOf = (error: ErrorObject, place: string): string[] => {
    const missing = missingProperty(error);
    // The facts of the property that is missing say more than those of the object around it.
    const own = missing === undefined ? [] : factsAt(place + toPointer(['properties', missing]));
    return own.length > 0 ? own : factsAround(place);
  };

  const toViolation = (error: ErrorObject): Violation => {
    const place = placeOf(error.parentSchema as object | undefined);
    return {
      pointer: pointerOf(error),
      keyword: error.keyword,
      schema: place === undefined ? error.schemaPath : `${place}/${error.keyword}`,
      message: error.message ?? `breaks ${error.keyword}`,
      facts: place === undefined ? [] : factsOf(error, place),
    };
  };

  return {
    violations(schemaPointer, value) {
      const validate = compile(schemaPointer);
      if (validate(value)) return [];
      // `if` only says that its branch failed; the branch's own error stands beside it.
      const errors = (validate.errors ?? []).filter((error) => error.keyword !== 'if');
      return nearestBranch(document, errors.map(toViolation), errors);
    },
  };
}

function missingProperty(error: ErrorObject): string | undefined {
  return error.keyword === 'required' ? (error.params as { missingProperty?: string }).missingProperty : undefined;
}

function pointerOf(error: ErrorObject): string {
  const missing = missingProperty(error);
  return missing === undefined ? error.instancePath : error.instancePath + toPointer([missing]);
}

/** A text that must be one of a few is what tells alternatives apart, so another text weighs more than a wrong number. */
function weightOf({ keyword, data }: ErrorObject): number {
  return (keyword === 'const' || keyword === 'enum') && typeof data === 'string' ? 10 : 1;
}

/**
 * Where a value fits none of several alternatives, only what keeps it from the nearest one helps a reader: the one that
 * it breaks the least.
 */
function nearestBranch(document: object, violations: readonly Violation[], errors: readonly ErrorObject[]) {
  let kept = [...violations];
  errors.forEach((error, index) => {
    const choice = violations[index];
    if (choice === undefined || (error.keyword !== 'oneOf' && error.keyword !== 'anyOf')) return;
    const branches = ((error.parentSchema as Node)[error.keyword] as unknown[]).map((_, branch) => {
      const at = resolve(document, `${choice.schema}/${branch}`).pointer;
      return kept.filter(({ schema }) => schema.startsWith(`${at}/`));
    });
    const broken = branches.filter((branch) => branch.length > 0);
    const weigh = (branch: readonly Violation[]) =>
      branch.reduce((sum, violation) => {
        const from = errors[violations.indexOf(violation)];
        return sum + (from === undefined ? 0 : weightOf(from));
      }, 0);
    const nearest = broken.sort((one, other) => weigh(one) - weigh(other))[0];
    if (nearest === undefined) return;
    kept = kept.filter(
      (violation) => violation !== choice && !broken.some((one) => one !== nearest && one.includes(violation)),
    );
  });
  return kept;
}
