import { readAnswer, type StatusWords } from '../contract/answer-shape.js';
import type { AsyncTask } from '../contract/async-task.js';
import { pointerTokens } from '../core/pointer.js';
import type { TaskView } from '../core/task.js';

/** What a load looks at in an answer; everything else in it is not read. */
export type QuickView = Pick<TaskView, 'id' | 'statusWord' | 'phase' | 'etaSeconds'>;

type AnswerShape = AsyncTask['answer'];

interface Place {
  readonly name: 'id' | 'statusWord' | 'etaSeconds';
  readonly tokens: readonly string[];
  readonly integer: boolean;
}

const names = { id: 'id', status: 'statusWord', etaSeconds: 'etaSeconds' } as const;

/** Undefined where a place is written in a way that only the whole reader knows. */
function placesOf(shape: AnswerShape): readonly Place[] | undefined {
  const places: Place[] = [];
  for (const [pointer, field] of Object.entries(shape)) {
    if (!('from' in field) || !Object.hasOwn(names, field.from)) continue;
    const as = 'as' in field ? field.as : undefined;
    if (pointer.includes('*') || (as !== undefined && as !== 'integer' && as !== 'string')) return undefined;
    const name = names[field.from as keyof typeof names];
    places.push({ name, tokens: pointerTokens(pointer), integer: as === 'integer' });
  }
  return places;
}

function valueAt(body: unknown, tokens: readonly string[]): unknown {
  let at = body;
  for (const token of tokens) {
    if (at === null || typeof at !== 'object') return undefined;
    if (Array.isArray(at) ? !/^(0|[1-9]\d*)$/.test(token) : !Object.hasOwn(at, token)) return undefined;
    at = (at as Record<string, unknown>)[token];
  }
  return at;
}

const compiled = new WeakMap<AnswerShape, readonly Place[] | 'whole'>();

/**
 * Reads the same as `readAnswer`, only less of it and faster: a load reads ten thousand answers a second. Never throws,
 * whatever the body is.
 */
export function quickView(shape: AnswerShape, body: unknown, words: StatusWords = {}): QuickView {
  let places = compiled.get(shape);
  if (places === undefined) {
    places = placesOf(shape) ?? 'whole';
    compiled.set(shape, places);
  }
  if (places === 'whole') return readAnswer(shape, body, words);
  const view: { -readonly [Name in keyof QuickView]: unknown } = {};
  for (const { name, tokens, integer } of places) {
    const value = valueAt(body, tokens);
    if (value !== undefined) view[name] = integer && typeof value === 'number' ? String(value) : value;
  }
  const word = view.statusWord;
  if (typeof word === 'string' && Object.hasOwn(words, word)) view.phase = words[word];
  return view as QuickView;
}
