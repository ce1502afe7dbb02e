import { placeOf, readAnswer } from '../contract/answer-shape.js';
import type { AnswerShape, AsyncTask } from '../contract/async-task.js';
import { getAt } from '../core/pointer.js';
import type { ServerEvent } from './events.js';
import type { Expectations } from './expectations.js';
import { imageFacts } from './image-facts.js';
import { usageProblem } from './usage.js';

type Stream = NonNullable<AsyncTask['stream']>;

/** One thing that is wrong with a stream. */
export interface StreamProblem {
  readonly message: string;
  readonly pointer: string;
  readonly expected: string;
  readonly observed: string;
  /** The sum of token counts is wrong, which is a promise of its own. */
  readonly usage?: true;
}

function nameOf({ event, json }: ServerEvent): string {
  const type = getAt(json, '/type');
  return event === 'message' && typeof type === 'string' ? type : event;
}

function shapeProblems(name: string, shape: AnswerShape, { json }: ServerEvent): StreamProblem[] {
  return Object.entries(shape).flatMap(([pointer, field]): StreamProblem[] => {
    const seen = getAt(json, pointer);
    const wanted = 'value' in field ? JSON.stringify(field.value) : 'something';
    const isRight = 'value' in field ? JSON.stringify(seen) === wanted : seen !== undefined && seen !== null;
    const observed = JSON.stringify(seen)?.slice(0, 80) ?? 'nothing';
    return isRight
      ? []
      : [{ message: `An event ${name} lacks what belongs there`, pointer, expected: wanted, observed }];
  });
}

function imageProblems(
  name: string,
  shape: AnswerShape,
  { json }: ServerEvent,
  expects: Expectations,
): StreamProblem[] {
  const b64 = readAnswer(shape, json).results[0]?.b64;
  const image = typeof b64 === 'string' ? imageFacts(Buffer.from(b64, 'base64')) : undefined;
  const wrong = (message: string, expected: string, observed: string) => [
    { message: `The image of an event ${name} ${message}`, pointer: placeOf(shape, 'result.b64'), expected, observed },
  ];
  if (image === undefined) return wrong('is no image', 'a whole image file', 'no image');
  if (!image.complete) return wrong('ends early', 'a whole image file', 'a part of one');
  const size = `${image.width}x${image.height}`;
  if (expects.size !== undefined && size !== expects.size.value)
    return wrong('has another size', expects.size.value, size);
  const format = expects.format?.value;
  return format === undefined || image.format === format ? [] : wrong('has another format', format, image.format);
}

function orderProblems(names: readonly string[], indices: readonly unknown[], stream: Stream, asked: number) {
  const place = placeOf(stream.partial.answer, 'param.partialIndex');
  const problems: StreamProblem[] = [];
  const add = (message: string, pointer: string, expected: string, observed: string) =>
    problems.push({ message, pointer, expected, observed });
  const counted = indices.every((index, place) => index === place);
  if (!counted) add('The previews of a stream are not counted from 0 upwards', place, '0, 1, 2, …', indices.join(', '));
  if (indices.length > asked)
    add('A stream has more previews than were asked for', '', `${asked} at most`, String(indices.length));
  const ends = names.filter((name) => name === stream.completed.event).length;
  if (ends !== 1) add('A stream does not end once', '', `one ${stream.completed.event}`, String(ends));
  else if (names.at(-1) !== stream.completed.event)
    add('A stream goes on after its end', '', stream.completed.event, names.at(-1) ?? '');
  return problems;
}

/** Everything that is wrong with the events of a stream that asked for one image. */
export function streamProblems(
  stream: Stream,
  events: readonly ServerEvent[],
  asked: number,
  expects: Expectations,
): StreamProblem[] {
  const done = events.filter(({ data }) => data.trim() === '[DONE]');
  const real = events.filter(({ data }) => data.trim() !== '[DONE]');
  const names = real.map(nameOf);
  const previews = real.filter((_, index) => names[index] === stream.partial.event);
  const place = placeOf(stream.partial.answer, 'param.partialIndex');
  const indices = previews.map(({ json }, index) => (place === '' ? index : getAt(json, place)));
  const problems = orderProblems(names, indices, stream, asked);
  if (done.length > 0)
    problems.push({
      message: 'A stream ends with [DONE]',
      pointer: '',
      expected: 'the completed event',
      observed: '[DONE]',
    });
  real.forEach((event, index) => {
    const kind = [stream.partial, stream.completed].find((one) => one.event === names[index]);
    if (kind === undefined) return;
    problems.push(
      ...shapeProblems(kind.event, kind.answer, event),
      ...imageProblems(kind.event, kind.answer, event, expects),
    );
    const sum = usageProblem(readAnswer(kind.answer, event.json).usage ?? {});
    if (sum !== undefined)
      problems.push({
        message: `The token counts of a stream do not add up: ${sum}`,
        pointer: placeOf(kind.answer, 'usage.total'),
        expected: 'sums',
        observed: sum,
        usage: true,
      });
  });
  return problems;
}
