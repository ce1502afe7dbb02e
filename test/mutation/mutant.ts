import type { Phase, Quirk } from '../servers/kit.js';

/** A server that breaks exactly one promise. */
export interface Mutant {
  readonly id: string;
  /** The fact that it breaks; a finding may cite it or a part of it (`A10` or `A10i`). */
  readonly fact: string;
  /** What it does. */
  readonly breaks: string;
  readonly quirk: Quirk;
  /** The other reading of the contract that promises it. */
  readonly dialect?: string;
}

/** A server that differs from the others and breaks nothing. */
export interface Variant {
  readonly id: string;
  readonly allows: string;
  readonly quirk: Quirk;
  /** The other reading of the contract by which it is judged. */
  readonly dialect?: string;
}

/** Where a vendor that polls puts things, for quirks that all such vendors can have. */
export interface PollPlaces {
  readonly submitId: string;
  readonly id: string;
  readonly status: string;
  readonly words: Readonly<Record<Phase, string>>;
  /** The facts that state the accepted answer, status words, ids and unknown tasks. */
  readonly facts: Readonly<Record<'accepted' | 'status' | 'id' | 'unknownTask' | 'callback', string>>;
  /** Whether the page promises another call after one that was turned away. */
  readonly retries: boolean;
  /** Where a failed task gives its reason in words. */
  readonly reason: string;
}

/** Whether a finding's fact is the one meant, or a part of it. */
export function isOfFamily(fact: string, cited: string): boolean {
  return cited === fact || (cited.startsWith(fact) && /^[a-z]+$/.test(cited.slice(fact.length)));
}

export function mutant(id: string, fact: string, breaks: string, quirk: Quirk, dialect?: string): Mutant {
  return { id, fact, breaks, quirk, ...(dialect === undefined ? {} : { dialect }) };
}

export function variant(id: string, allows: string, quirk: Quirk, dialect?: string): Variant {
  return { id, allows, quirk, ...(dialect === undefined ? {} : { dialect }) };
}

/** Lets in what is refused otherwise, where the request looks like that. */
export function accepts(when: (body: Readonly<Record<string, unknown>>) => boolean): Quirk {
  return { problem: (problem, body) => (when(body) ? undefined : problem) };
}

/** Refuses what is let in otherwise, where the request looks like that. */
export function refuses(when: (body: Readonly<Record<string, unknown>>) => boolean): Quirk {
  return { problem: (problem, body) => problem ?? (when(body) ? 'This is not supported' : undefined) };
}
