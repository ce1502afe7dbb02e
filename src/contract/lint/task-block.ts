import type { ContractProblem } from '../../core/errors.js';
import { getAt, pointerTokens, toPointer } from '../../core/pointer.js';
import type { AnswerShape, AsyncTask } from '../async-task.js';
import { type Contract, responseFor, type SubmitOperation } from '../contract.js';
import type { Content, Operation } from '../operations.js';
import { isNode, type PlaceInSchema, placeInSchema } from './schema-places.js';

function jsonSchema(content: Content | undefined): string | undefined {
  return Object.entries(content ?? {}).find(([type]) => /\bjson\b/.test(type))?.[1];
}

function isInAny(contract: Contract, schemas: readonly string[], place: string): PlaceInSchema {
  const found = schemas.map((schema) => placeInSchema(contract.document, schema, pointerTokens(place)));
  return found.find(({ state }) => state !== 'unknown') ?? found[0] ?? { state: 'open', schemas: [], known: [] };
}

/** A place that the block names and none of the schemas has. */
function unknownPlace(
  contract: Contract,
  schemas: readonly string[],
  place: string,
  pointer: string,
): ContractProblem[] {
  const { state, known } = isInAny(contract, schemas, place);
  if (state !== 'unknown') return [];
  const names = known.length === 0 ? '' : `; known there are ${known.join(', ')}`;
  return [{ pointer, message: `${place} is no place of ${schemas.join(' or ')}${names}` }];
}

function requestProblems(contract: Contract, { pointer, request, task }: SubmitOperation): ContractProblem[] {
  const schemas = Object.values(request).flatMap((schema) => schema ?? []);
  const block = `${pointer}/x-async-task`;
  // What is ignored need not be described.
  const places: [place: string, at: string][] = [
    ...Object.entries(task.request).map(([role, place]): [string, string] => [place, `${block}/request/${role}`]),
    ...Object.keys(task.assume ?? {}).map((place): [string, string] => [place, block + toPointer(['assume', place])]),
    ...(task.clamp ?? []).map((rule, index): [string, string] => [rule.pointer, `${block}/clamp/${index}/pointer`]),
  ];
  return places.flatMap(([place, at]) => unknownPlace(contract, schemas, place, at));
}

function shapeProblems(
  contract: Contract,
  schemas: readonly string[],
  shape: AnswerShape,
  at: string,
): ContractProblem[] {
  return Object.keys(shape).flatMap((place) => unknownPlace(contract, schemas, place, at + toPointer([place])));
}

/** Words that a schema lists at the places of the status. */
function wordsAt(contract: Contract, schema: string | undefined, shape: AnswerShape): { at: string; word: string }[] {
  if (schema === undefined) return [];
  return Object.entries(shape).flatMap(([place, field]) => {
    if (!('from' in field) || field.from !== 'status' || ('as' in field && field.as === 'integer')) return [];
    const { schemas } = placeInSchema(contract.document, schema, pointerTokens(place));
    return schemas.flatMap((found) => {
      const node = getAt(contract.document, found);
      if (!isNode(node)) return [];
      if (node['const'] !== undefined) return [{ at: `${found}/const`, word: String(node['const']) }];
      const values = Array.isArray(node['enum']) ? node['enum'] : [];
      return values.map((word) => ({ at: `${found}/enum`, word: String(word) }));
    });
  });
}

function wordProblems(
  contract: Contract,
  block: string,
  task: AsyncTask,
  accepted: string | undefined,
  polled: string | undefined,
): ContractProblem[] {
  const words = Object.keys(task.status?.words ?? {});
  const listed = [...wordsAt(contract, accepted, task.answer), ...wordsAt(contract, polled, task.poll?.answer ?? {})];
  if (task.status === undefined || listed.length === 0) return [];
  const fixed = Object.values({ ...task.answer, ...task.poll?.answer }).flatMap((field) =>
    'word' in field && field.word !== undefined ? [field.word] : [],
  );
  const known = [...new Set(listed.map(({ word }) => word))];
  const unmapped = new Map(
    listed.filter(({ word }) => !words.includes(word) && !fixed.includes(word)).map((one) => [one.word, one]),
  );
  return [
    ...words
      .filter((word) => !known.includes(word))
      .map((word) => ({
        pointer: block + toPointer(['status', 'words', word]),
        message: `is no word of ${[...new Set(listed.map(({ at }) => at))].join(' or ')}: there are ${known.join(', ')}`,
      })),
    ...[...unmapped.values()].map(({ at, word }) => ({
      pointer: at,
      message: `has the word ${word}, which x-async-task gives no phase; it has ${words.join(', ')}`,
    })),
  ];
}

function pollProblems(task: AsyncTask, block: string, poll: Operation | undefined): ContractProblem[] {
  const id = task.poll?.id;
  if (id === undefined || poll === undefined) return [];
  if (poll.parameters.some(({ name, in: where }) => name === id.name && where === id.in)) return [];
  const known = poll.parameters.map(({ name, in: where }) => `${name} in ${where}`);
  return [
    {
      pointer: `${block}/poll/id`,
      message: `${poll.id} has no parameter ${id.name} in ${id.in}: it has ${known.join(', ') || 'none'}`,
    },
  ];
}

function problemsOf(contract: Contract, operation: SubmitOperation): ContractProblem[] {
  const { task, pointer } = operation;
  const block = `${pointer}/x-async-task`;
  const status = task.acceptedStatus ?? 200;
  const response = responseFor(operation, status);
  const accepted = jsonSchema(response?.content);
  const poll = contract.operations.find(({ id }) => id === task.poll?.operation);
  const polled = poll === undefined ? undefined : jsonSchema(responseFor(poll, 200)?.content);
  const refusals = Object.entries({ ...poll?.responses, ...operation.responses })
    .filter(([code]) => /^[45]|default/.test(code))
    .flatMap(([, { content }]) => jsonSchema(content) ?? []);
  return [
    ...(response === undefined
      ? [{ pointer: `${pointer}/responses`, message: `has no answer for ${status}, with which tasks are accepted` }]
      : []),
    ...requestProblems(contract, operation),
    ...(accepted === undefined ? [] : shapeProblems(contract, [accepted], task.answer, `${block}/answer`)),
    ...(polled === undefined ? [] : shapeProblems(contract, [polled], task.poll?.answer ?? {}, `${block}/poll/answer`)),
    ...(refusals.length === 0 ? [] : shapeProblems(contract, refusals, task.errors.answer, `${block}/errors/answer`)),
    ...wordProblems(contract, block, task, accepted, polled),
    ...pollProblems(task, block, poll),
  ];
}

/** Where `x-async-task` speaks of fields, words and parameters that the rest of the contract does not have. */
export function taskBlockProblems(contract: Contract): ContractProblem[] {
  return contract.operations.flatMap((operation) =>
    operation.task === undefined ? [] : problemsOf(contract, operation as SubmitOperation),
  );
}
