import { getAll, getAt, type Json, pointerTokens, setTokens } from '../core/pointer.js';
import type { Phase, TaskError, TaskResult, TaskView } from '../core/task.js';
import type { AnswerField, AnswerShape } from './async-task.js';

export type StatusWords = Readonly<Record<string, Phase>>;

/** The word that stands for a phase where the answer does not fix one. */
export function wordFor(phase: Phase, words: StatusWords): string | undefined {
  return Object.keys(words).find((word) => words[word] === phase);
}

/** A value as an answer writes it. */
export function encode(value: unknown, as: string | undefined): Json | undefined {
  if (value === undefined) return undefined;
  if (as === 'unix-seconds') return Math.floor(Number(value) / 1000);
  if (as === 'iso-8601') return new Date(Number(value)).toISOString().replace('.000Z', 'Z');
  if (as === 'date-blank-time') return new Date(Number(value)).toISOString().slice(0, 19).replace('T', ' ');
  if (as === 'integer') return /^-?\d+$/.test(String(value)) ? Number(value) : (value as Json);
  if (as === 'json-string') return JSON.stringify(value);
  if (as === 'string') return String(value);
  return value as Json;
}

function momentOf(value: unknown): number | undefined {
  const moment = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(moment) ? undefined : moment;
}

function decode(value: unknown, as: string | undefined): unknown {
  if (as === 'unix-seconds') return typeof value === 'number' ? value * 1000 : undefined;
  if (as === 'iso-8601') return momentOf(value);
  // Nobody says which zone such a moment is in; ours is UTC.
  if (as === 'date-blank-time') return momentOf(typeof value === 'string' ? `${value.replace(' ', 'T')}Z` : value);
  if (as === 'integer') return typeof value === 'number' ? String(value) : value;
  if (as === 'json-string') {
    try {
      return typeof value === 'string' ? JSON.parse(value) : value;
    } catch {
      return undefined;
    }
  }
  return value;
}

/** One place of an answer with everything about it worked out once: answers are rendered on the hot path of a poll. */
export interface Place {
  readonly pointer: string;
  readonly tokens: readonly string[];
  readonly when: readonly Phase[] | undefined;
  readonly as: string | undefined;
  readonly word: string | undefined;
  /** `status`, or the first and second part of `error.code`. */
  readonly head: string;
  readonly tail: string | undefined;
  readonly constant: Json | undefined;
  readonly fixed: boolean;
  /** What the place holds outside its phases, and where there is no value. */
  readonly otherwise: Json | undefined;
}

const compiled = new WeakMap<AnswerShape, readonly Place[]>();

function toPlace([pointer, field]: [string, AnswerField]): Place {
  const [head = '', tail] = 'from' in field ? field.from.split('.', 2) : [];
  return {
    pointer,
    tokens: pointerTokens(pointer),
    when: 'when' in field ? field.when : undefined,
    as: 'as' in field ? field.as : undefined,
    word: 'word' in field ? field.word : undefined,
    head,
    tail,
    constant: 'value' in field ? (field.value as Json) : undefined,
    fixed: 'value' in field,
    otherwise: 'otherwise' in field ? (field.otherwise as Json | undefined) : undefined,
  };
}

export function placesOf(shape: AnswerShape): readonly Place[] {
  const known = compiled.get(shape);
  if (known !== undefined) return known;
  const places = Object.entries(shape).map(toPlace);
  compiled.set(shape, places);
  return places;
}

export function sourceValue(view: TaskView, { head, tail, word }: Place, words: StatusWords): unknown {
  if (head === 'status')
    return word ?? view.statusWord ?? (view.phase === undefined ? undefined : wordFor(view.phase, words));
  if (head === 'results') return view.results.map((result) => result[tail as keyof TaskResult]);
  const holder = (view as unknown as Record<string, unknown>)[head === 'param' ? 'params' : head];
  return tail === undefined ? holder : (holder as Record<string, unknown> | undefined)?.[tail];
}

function copyOf(value: Json): Json {
  return value !== null && typeof value === 'object' ? structuredClone(value) : value;
}

/** Writes a view in the vendor's shape. A source without a value leaves its place out. */
export function renderAnswer(shape: AnswerShape, view: TaskView, words: StatusWords = {}): Json {
  const body: Json = {};
  for (const place of placesOf(shape)) {
    const stands = place.when === undefined || (view.phase !== undefined && place.when.includes(view.phase));
    if (!stands && place.otherwise === undefined) continue;
    if (!stands || place.fixed) {
      setTokens(body, place.tokens, copyOf((stands ? place.constant : place.otherwise) ?? null));
    } else if (place.head === 'result') {
      view.results.forEach((result, index) => {
        const value = encode(result[place.tail as keyof TaskResult], place.as);
        if (value !== undefined)
          setTokens(
            body,
            place.tokens.map((token) => (token === '*' ? String(index) : token)),
            value,
          );
      });
    } else {
      const value = encode(sourceValue(view, place, words), place.as) ?? place.otherwise;
      if (value !== undefined) setTokens(body, place.tokens, value);
    }
  }
  return body;
}

function readResults(shape: AnswerShape, body: unknown): TaskResult[] {
  const results: Record<string, unknown>[] = [];
  for (const [pointer, field] of Object.entries(shape)) {
    if (!('from' in field) || !/^results?\./.test(field.from)) continue;
    const as = 'as' in field ? field.as : undefined;
    const name = field.from.slice(field.from.indexOf('.') + 1);
    const add = (index: number, value: unknown) => {
      results[index] ??= {};
      if (value !== undefined) Object.assign(results[index] ?? {}, { [name]: value });
    };
    if (field.from.startsWith('results.')) {
      const all = decode(getAt(body, pointer), as);
      for (const [index, value] of Array.isArray(all) ? all.entries() : []) add(index, value ?? undefined);
      continue;
    }
    const star = pointer.indexOf('/*');
    // Without a star the whole body tells of one result, as an event of a stream does.
    const list = star < 0 ? [body] : getAt(body, pointer.slice(0, star));
    const rest = star < 0 ? pointer : pointer.slice(star + 2);
    if (!Array.isArray(list)) continue;
    for (const [index, entry] of list.entries()) add(index, decode(getAt(entry, rest), as));
  }
  return results.map((result) => result ?? {}) as TaskResult[];
}

/** Reads a vendor's answer into a view; never throws, whatever the body is. */
export function readAnswer(shape: AnswerShape, body: unknown, words: StatusWords = {}): TaskView {
  const view: Record<string, unknown> = {};
  const groups: Record<string, Record<string, unknown>> = {};
  for (const [pointer, field] of Object.entries(shape)) {
    if (!('from' in field) || /^results?\./.test(field.from)) continue;
    const value = decode(getAll(body, pointer)[0], 'as' in field ? field.as : undefined);
    if (value === undefined) continue;
    const [head = '', tail] = field.from.split('.', 2);
    if (field.from === 'status') view['statusWord'] = value;
    else if (tail === undefined) view[head] = value;
    else {
      groups[head] ??= {};
      Object.assign(groups[head], { [tail]: value });
    }
  }
  const word = view['statusWord'];
  const phase = typeof word === 'string' && Object.hasOwn(words, word) ? words[word] : undefined;
  return {
    ...view,
    ...(phase === undefined ? {} : { phase }),
    ...(groups['error'] === undefined ? {} : { error: groups['error'] as TaskError }),
    ...(groups['usage'] === undefined ? {} : { usage: groups['usage'] }),
    ...(groups['param'] === undefined ? {} : { params: groups['param'] }),
    results: readResults(shape, body),
  } as TaskView;
}

/** The place of an answer where something stands; empty where the contract names none. */
export function placeOf(shape: AnswerShape, source: string): string {
  return (
    Object.keys(shape).find((pointer) => {
      const field = shape[pointer];
      return field !== undefined && 'from' in field && field.from === source && !('word' in field && field.word);
    }) ?? ''
  );
}
