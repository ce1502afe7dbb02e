import type { Contract } from '../src/contract/contract.js';
import type { Operation } from '../src/contract/operations.js';

export interface Route {
  readonly operation: Operation;
  readonly pathParameters: Readonly<Record<string, string>>;
}

export type RouteResult =
  | Route
  /** The path exists for other methods. */
  | { readonly allow: readonly string[] }
  | undefined;

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Finds operations by method and path; a path without places is found by one look into a map. */
export function createRouter(contract: Contract): (method: string, path: string) => RouteResult {
  const exact = new Map<string, Map<string, Operation>>();
  const patterns: { readonly parts: readonly string[]; readonly byMethod: Map<string, Operation> }[] = [];
  for (const operation of contract.operations) {
    if (!operation.path.includes('{')) {
      const byMethod = exact.get(operation.path) ?? new Map<string, Operation>();
      exact.set(operation.path, byMethod.set(operation.method, operation));
      continue;
    }
    const parts = operation.path.split('/');
    const known = patterns.find((pattern) => pattern.parts.join('/') === operation.path);
    if (known === undefined) patterns.push({ parts, byMethod: new Map([[operation.method, operation]]) });
    else known.byMethod.set(operation.method, operation);
  }

  const match = (parts: readonly string[], path: string): Record<string, string> | undefined => {
    const sent = path.split('/');
    if (sent.length !== parts.length) return undefined;
    const found: Record<string, string> = {};
    for (const [index, part] of parts.entries()) {
      const value = sent[index] ?? '';
      if (part.startsWith('{')) {
        if (value === '') return undefined;
        found[part.slice(1, -1)] = decode(value);
      } else if (part !== value) return undefined;
    }
    return found;
  };

  const pick = (byMethod: Map<string, Operation>, method: string, pathParameters: Record<string, string>) => {
    const operation = byMethod.get(method);
    return operation === undefined ? { allow: [...byMethod.keys()] } : { operation, pathParameters };
  };

  return (method, path) => {
    const literal = exact.get(path);
    if (literal !== undefined) return pick(literal, method, {});
    for (const { parts, byMethod } of patterns) {
      const found = match(parts, path);
      if (found !== undefined) return pick(byMethod, method, found);
    }
    return undefined;
  };
}
