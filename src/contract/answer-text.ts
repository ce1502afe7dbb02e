import type { Json } from '../core/pointer.js';
import { type Phase, phases, type TaskView } from '../core/task.js';
import { encode, type Place, placesOf, renderAnswer, type StatusWords, sourceValue } from './answer-shape.js';
import type { AnswerShape } from './async-task.js';

/** A place of an answer, or what several places stand in. */
type Node =
  | { readonly kind: 'leaf'; readonly place: Place; readonly constant: string; readonly otherwise: string | undefined }
  | { readonly kind: 'object'; readonly members: readonly (readonly [label: string, node: Node])[] }
  | { readonly kind: 'list'; readonly only: Node };

function textOf(value: Json | undefined): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}

/**
 * The tree of places that begin alike. Undefined where text written in the tree's order would not be the text of the
 * value: places of one object apart from each other, one within another, or lists of more than one entry.
 */
function plant(places: readonly Place[], depth: number): Node | undefined {
  const [first] = places;
  if (first === undefined) return undefined;
  if (first.tokens.length === depth)
    return places.length > 1
      ? undefined
      : { kind: 'leaf', place: first, constant: textOf(first.constant) ?? 'null', otherwise: textOf(first.otherwise) };
  const groups: [string, Place[]][] = [];
  for (const place of places) {
    const token = place.tokens[depth];
    if (token === undefined) return undefined;
    const last = groups.at(-1);
    if (last?.[0] === token) last[1].push(place);
    else if (groups.some(([known]) => known === token)) return undefined;
    else groups.push([token, [place]]);
  }
  const members: [string, Node][] = [];
  for (const [token, group] of groups) {
    const node = plant(group, depth + 1);
    if (node === undefined) return undefined;
    members.push([token, node]);
  }
  const [[token, only] = [], second] = members;
  if (depth > 0 && members.some(([one]) => /^\d+$/.test(one)))
    return token === '0' && only !== undefined && second === undefined ? { kind: 'list', only } : undefined;
  // What an engine sorts to the front of an object, or treats as its prototype, is left to the engine.
  if (members.some(([one]) => /^\d+$|^__proto__$/.test(one))) return undefined;
  return { kind: 'object', members: members.map(([one, node]) => [`${JSON.stringify(one)}:`, node]) };
}

/** Undefined where nothing stands there. */
function write(node: Node, view: TaskView, words: StatusWords): string | undefined {
  if (node.kind === 'leaf') {
    const { place } = node;
    const stands = place.when === undefined || (view.phase !== undefined && place.when.includes(view.phase));
    if (!stands) return node.otherwise;
    if (place.fixed) return node.constant;
    const value = encode(sourceValue(view, place, words), place.as);
    return value === undefined || value === null ? node.otherwise : JSON.stringify(value);
  }
  if (node.kind === 'list') {
    const only = write(node.only, view, words);
    return only === undefined ? undefined : `[${only}]`;
  }
  let text = '';
  for (const [label, member] of node.members) {
    const value = write(member, view, words);
    if (value !== undefined) text += text === '' ? label + value : `,${label}${value}`;
  }
  return text === '' ? undefined : `{${text}}`;
}

const trees = new WeakMap<AnswerShape, Node | 'none'>();

function treeOf(shape: AnswerShape): Node | 'none' {
  const known = trees.get(shape);
  if (known !== undefined) return known;
  // Places of results are written only where there are results, and then the value is made.
  const places = placesOf(shape).filter(({ head }) => head !== 'result');
  const made = places.some(({ tokens }) => tokens.includes('*')) ? undefined : plant(places, 0);
  trees.set(shape, made ?? 'none');
  return made ?? 'none';
}

/** What a view repeats of its request. */
const ofRequest = new Set(['model', 'request', 'param', 'usage']);

const repeating = new WeakMap<AnswerShape, ReadonlySet<Phase>>();

/** Whether an answer in this phase holds anything of the request. */
export function repeatsRequest(shape: AnswerShape, phase: Phase): boolean {
  const known = repeating.get(shape);
  if (known !== undefined) return known.has(phase);
  const places = placesOf(shape).filter(({ head }) => ofRequest.has(head));
  repeating.set(shape, new Set(phases.filter((one) => places.some(({ when }) => when?.includes(one) ?? true))));
  return repeatsRequest(shape, phase);
}

/** `JSON.stringify(renderAnswer(…))`, without the value in between where that can be. */
export function answerText(shape: AnswerShape, view: TaskView, words: StatusWords = {}): string {
  const tree = view.results.length > 0 ? 'none' : treeOf(shape);
  if (tree === 'none') return JSON.stringify(renderAnswer(shape, view, words));
  return write(tree, view, words) ?? '{}';
}
