import type { Contract } from '../../contract/contract.js';
import type { Operation } from '../../contract/operations.js';

export interface Match {
  readonly operation: Operation;
  /** What stands in the places of the path and in the query, decoded. */
  readonly values: ReadonlyMap<string, string>;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/**
 * Finds the operation that a URL means, wherever the API is mounted: a path matches by its end, and the longest wins.
 * A place in a path takes one segment.
 */
export function createMatcher(contract: Contract): (method: string, url: string) => Match | undefined {
  const patterns = contract.operations
    .map((operation) => {
      const names: string[] = [];
      const parts = operation.path.split(/(\{[^}]+\})/).map((part) => {
        if (!part.startsWith('{')) return escaped(part);
        names.push(part.slice(1, -1));
        return '([^/]+)';
      });
      return { operation, names, pattern: new RegExp(`${parts.join('')}$`), length: operation.path.length };
    })
    .sort((one, other) => other.length - one.length);
  return (method, url) => {
    if (!URL.canParse(url)) return undefined;
    const { pathname, searchParams } = new URL(url);
    for (const { operation, names, pattern } of patterns) {
      const found = operation.method === method ? pattern.exec(pathname) : null;
      if (found === null) continue;
      const values = new Map(searchParams);
      names.forEach((name, index) => {
        values.set(name, decoded(found[index + 1] ?? ''));
      });
      return { operation, values };
    }
    return undefined;
  };
}
