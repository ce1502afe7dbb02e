import type { ContractProblem } from '../../core/errors.js';
import { toPointer } from '../../core/pointer.js';
import type { Contract } from '../contract.js';
import { factPlaces } from '../fact-places.js';
import { isNode } from './schema-places.js';

const listed = (names: readonly string[]) => (names.length === 0 ? 'there are none' : `there are ${names.join(', ')}`);

function twice({ operations }: Contract): ContractProblem[] {
  return operations.flatMap(({ id, pointer }, index) => {
    const first = operations.findIndex((other) => other.id === id);
    if (first === index) return [];
    return [{ pointer: `${pointer}/operationId`, message: `${id} names ${operations[first]?.pointer} already` }];
  });
}

/** Names in braces that no parameter explains, and parameters of a path that does not have them. */
function pathParameters({ operations }: Contract): ContractProblem[] {
  return operations.flatMap(({ path, pointer, parameters }) => {
    const places = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
    const declared = parameters.filter((parameter) => parameter.in === 'path');
    return [
      ...places
        .filter((place) => !declared.some(({ name }) => name === place))
        .map((place) => ({
          pointer: `${pointer}/parameters`,
          message: `has no path parameter ${place}, which ${path} needs`,
        })),
      ...declared
        .filter(({ name }) => !places.includes(name))
        .map(({ name }) => ({ pointer: `${pointer}/parameters`, message: `${name} is no part of the path ${path}` })),
      ...declared
        .filter(({ required }) => !required)
        .map(({ name }) => ({
          pointer: `${pointer}/parameters`,
          message: `${name} is in the path: it must be required`,
        })),
    ];
  });
}

function securitySchemes({ document, operations }: Contract): ContractProblem[] {
  const known = Object.keys(document.components?.['securitySchemes'] ?? {});
  const check = (list: unknown, pointer: string) =>
    (Array.isArray(list) ? list : []).flatMap((entry: unknown, index) =>
      Object.keys(isNode(entry) ? entry : {})
        .filter((name) => !known.includes(name))
        .map((name) => ({
          pointer: `${pointer}/${index}`,
          message: `${name} is no security scheme of this contract: ${listed(known)}`,
        })),
    );
  return [
    ...check(document.security, '/security'),
    ...operations.flatMap(({ path, method, pointer }) =>
      check(
        (document.paths[path]?.[method.toLowerCase()] as Record<string, unknown> | undefined)?.['security'],
        `${pointer}/security`,
      ),
    ),
  ];
}

function unknownFacts({ document, facts }: Contract): ContractProblem[] {
  return [...factPlaces(document)].flatMap(([fact, places]) =>
    facts.has(fact)
      ? []
      : places.slice(0, 1).map(({ pointer }) => ({
          pointer: pointer + toPointer(['x-facts']),
          message: `${fact} is no fact: it is stated neither in x-facts of this contract nor among the common ones`,
        })),
  );
}

/** What is named and does not exist, or exists twice. */
export function nameProblems(contract: Contract): ContractProblem[] {
  return [...twice(contract), ...pathParameters(contract), ...securitySchemes(contract), ...unknownFacts(contract)];
}
