import type { CheckReport, Finding } from '../core/check-report.js';
import { pointerTokens, toPointer } from '../core/pointer.js';

/** Addresses of the target differ from run to run (a free port, a staging host), what stands below them does not. */
function withoutTarget(operation: string, target: string): string {
  return target === '' ? operation : operation.replaceAll(target, '');
}

/** The third picture of a list is no other place than the first. */
function withoutIndices(pointer: string): string {
  if (!pointer.startsWith('/')) return pointer;
  return toPointer(pointerTokens(pointer).map((token) => (/^\d+$/.test(token) ? '*' : token)));
}

/**
 * What makes two findings of two runs the same one: the check, the operation, the place and the broken facts. Words,
 * seeds, ids and counts may differ.
 */
export function findingKey(finding: Finding, { target }: Pick<CheckReport, 'target'>): string {
  const { check, operation, pointer, ledger } = finding;
  return JSON.stringify([check, withoutTarget(operation, target), withoutIndices(pointer), [...ledger].sort()]);
}
