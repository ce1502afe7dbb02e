import type { Role } from '../contract/async-task.js';
import type { Contract, SubmitOperation } from '../contract/contract.js';
import { satisfies } from '../contract/small-schema.js';
import { getAt, type Json } from '../core/pointer.js';
import { orElse, parameterFor, unique } from './contract-facts.js';

/** One thing that must be found in what is delivered. */
export interface Expected<T> {
  readonly value: T;
  /** Whether the request said so, or the contract's default for a parameter left out, or a clamp moved it. */
  readonly because: 'asked' | 'default' | 'clamped';
  readonly facts: readonly string[];
  /** JSON pointer into the request. */
  readonly pointer: string;
}

/** What a request's parameters promise about the delivered images. Absent: the contract leaves it open. */
export interface Expectations {
  /** `1024x1536`. */
  readonly size?: Expected<string>;
  readonly format?: Expected<string>;
  readonly count?: Expected<number>;
  readonly alpha?: Expected<true>;
}

interface Found {
  readonly value: unknown;
  readonly because: 'asked' | 'default';
  readonly facts: readonly string[];
  readonly pointer: string;
}

function lookUp(contract: Contract, operation: SubmitOperation, body: unknown, role: Role): Found | undefined {
  const parameter = parameterFor(contract, operation, role);
  const pointer = operation.task.request[role];
  if (parameter === undefined || pointer === undefined) return undefined;
  const asked = getAt(body, pointer);
  // What the contract says is ignored promises nothing.
  const rules = (operation.task.ignore ?? []).filter((rule) => rule.pointer === pointer);
  if (asked !== undefined && rules.some((rule) => satisfies(rule.if, body as Json))) return undefined;
  if (asked !== undefined) return { value: asked, because: 'asked', facts: parameter.facts, pointer };
  const value = parameter.keywords['default'];
  return value === undefined ? undefined : { value, because: 'default', facts: parameter.facts, pointer };
}

/** Reads off the contract what the delivered bytes must show for this request. */
export function expectationsOf(contract: Contract, operation: SubmitOperation, body: unknown): Expectations {
  const { delivery, clamp } = operation.task;
  const found = (role: Role) => lookUp(contract, operation, body, role);
  const mapped = (role: 'size' | 'format', map: Readonly<Record<string, string>>) => {
    const at = found(role);
    const value = typeof at?.value === 'string' && Object.hasOwn(map, at.value) ? map[at.value] : undefined;
    return at === undefined || value === undefined
      ? {}
      : { [role]: { ...at, value, facts: orElse(unique(at.facts, delivery.facts?.[role]), ['H6']) } };
  };
  const count = found('count');
  const bounds = clamp?.find(({ pointer }) => pointer === count?.pointer);
  const asked = Number(count?.value);
  const delivered = bounds === undefined ? asked : Math.min(Math.max(asked, bounds.minimum), bounds.maximum);
  const background = found('background');
  return {
    ...mapped('size', delivery.sizes),
    ...mapped('format', delivery.formats),
    ...(count === undefined || !Number.isInteger(count.value)
      ? {}
      : {
          count: {
            ...count,
            value: delivered,
            because: delivered === asked ? count.because : 'clamped',
            facts: orElse(unique(count.facts, bounds?.facts, delivery.facts?.count), ['H6']),
          },
        }),
    ...(background !== undefined && delivery.transparent?.includes(String(background.value))
      ? {
          alpha: { ...background, value: true, facts: orElse(unique(background.facts, delivery.facts?.alpha), ['H6']) },
        }
      : {}),
  } as Expectations;
}
