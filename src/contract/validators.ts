import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import { ContractError } from '../core/errors.js';
import { toPointer } from '../core/pointer.js';
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

// The package is CommonJS: under Node's ESM the function is the default export's default.
const addFormats = addFormatsModule as unknown as typeof addFormatsModule.default;

type Node = Record<string, unknown>;

interface Place {
  readonly pointer: string;
  readonly parent: object | undefined;
}

/** Remembers where each object of the document stands, so that a compiled error finds its way back to the page. */
function indexPlaces(document: object): WeakMap<object, Place> {
  const places = new WeakMap<object, Place>();
  const walk = (value: unknown, pointer: string, parent: object | undefined) => {
    if (value === null || typeof value !== 'object' || places.has(value)) return;
    places.set(value, { pointer, parent });
    for (const [key, member] of Object.entries(value)) walk(member, pointer + toPointer([key]), value);
  };
  walk(document, '', undefined);
  return places;
}

export function createValidators(file: string, document: OpenApiDocument): Validators {
  const places = indexPlaces(document);
  const ajv = new Ajv2020({ strict: false, allErrors: true, verbose: true, validateFormats: true, logger: false });
  addFormats(ajv);
  ajv.addSchema(document, 'contract');
  const compiled = new Map<string, ValidateFunction>();

  const compile = (pointer: string): ValidateFunction => {
    const known = compiled.get(pointer);
    if (known !== undefined) return known;
    const fragment = pointer
      .split('/')
      .map((token) => encodeURIComponent(token))
      .join('/');
    try {
      const validate = ajv.compile({ $ref: `contract#${fragment}` });
      compiled.set(pointer, validate);
      return validate;
    } catch (error) {
      throw new ContractError(file, [{ pointer, message: `is not a usable schema: ${(error as Error).message}` }]);
    }
  };

  const factsAround = (start: object | undefined): string[] => {
    for (let at = start; at !== undefined; at = places.get(at)?.parent) {
      const facts = (at as Node)['x-facts'];
      if (Array.isArray(facts) && facts.length > 0) return facts.map(String);
    }
    return [];
  };

  const toViolation = (error: ErrorObject): Violation => {
    const parent = error.parentSchema as object | undefined;
    const place = parent === undefined ? undefined : places.get(parent);
    return {
      pointer: pointerOf(error),
      keyword: error.keyword,
      schema: place === undefined ? error.schemaPath : `${place.pointer}/${error.keyword}`,
      message: error.message ?? `breaks ${error.keyword}`,
      facts: factsAround(missingSchema(error) ?? parent),
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

/** The schema of the property that is missing: its facts say more than those of the object around it. */
function missingSchema(error: ErrorObject): object | undefined {
  const missing = missingProperty(error);
  const properties = (error.parentSchema as Node | undefined)?.['properties'] as Node | undefined;
  const schema = missing === undefined ? undefined : properties?.[missing];
  return schema !== null && typeof schema === 'object' && 'x-facts' in schema ? schema : undefined;
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
