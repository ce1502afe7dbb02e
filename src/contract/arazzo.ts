import { parseDuration } from '../core/duration.js';
import { getAt, type Json, withAt } from '../core/pointer.js';
import { isTerminal, type Phase, phases } from '../core/task.js';
import { placeOf } from './answer-shape.js';
import type { AsyncTask, Role } from './async-task.js';
import type { Contract, SubmitOperation } from './contract.js';
import { resolve } from './operations.js';

/** An Arazzo 1.0 description, as far as this module writes one. */
export type ArazzoDocument = Readonly<Record<string, unknown>>;

/** Waits between polls where the vendor gives no advice, and the longest that a task is waited for; seconds. */
const usualWait = 5;
const longestTask = 600;

const answered = { condition: '$statusCode == 200' };

/** Roles that would make an example fetch pictures, call back, or answer in another form. */
const left: readonly Role[] = ['references', 'mask', 'callback', 'stream', 'partialImages'];

/** The body of the submit: the first plain example of the contract, with the prompt as an input of the workflow. */
function payloadOf(contract: Contract, { pointer, task }: SubmitOperation): { body: Json; prompt: string } {
  const media = getAt(resolve(contract.document, `${pointer}/requestBody`).value, '/content/application~1json');
  const examples = Object.values((getAt(media, '/examples') ?? {}) as Record<string, { readonly value?: Json }>);
  const values = [...examples.map(({ value }) => value), getAt(media, '/example') as Json | undefined];
  const plain = values.find(
    (value) =>
      value !== undefined &&
      left.every((role) => task.request[role] === undefined || getAt(value, task.request[role] ?? '') === undefined),
  );
  const place = task.request.prompt ?? '/prompt';
  const prompt = getAt(plain, place);
  return {
    body: withAt(plain ?? {}, place, '$inputs.prompt'),
    prompt: typeof prompt === 'string' ? prompt : 'A lighthouse at dusk',
  };
}

function wordsFor(task: AsyncTask, holds: (phase: Phase) => boolean): string[] {
  const words = Object.entries(task.status?.words ?? {});
  return words.filter(([, phase]) => holds(phase)).map(([word]) => word);
}

/** A criterion: the status is one of these words. */
function statusIn(pointer: string, words: readonly string[]) {
  const alternatives = words.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  return { context: `$response.body#${pointer}`, condition: `^(${alternatives})$`, type: 'regex' };
}

/** Where the first result stands in an answer, and whether an address or the picture itself stands there. */
function firstResult(answer: AsyncTask['answer']): { pointer: string; isUrl: boolean } | undefined {
  for (const source of ['result.url', 'results.url', 'result.b64', 'results.b64']) {
    const place = placeOf(answer, source);
    const field = answer[place];
    if (place === '' || field === undefined) continue;
    const isUrl = source.endsWith('.url');
    if (source.startsWith('result.')) return { pointer: place.replaceAll('*', '0'), isUrl };
    // A list that is written as a text cannot be looked into by a pointer.
    if (!('as' in field) || field.as === undefined) return { pointer: `${place}/0`, isUrl };
  }
  return undefined;
}

function retryOf(task: AsyncTask): { retryAfter: number; retryLimit: number } {
  const advice = task.advice?.pollInterval?.minimum;
  const retryAfter = advice === undefined ? usualWait : parseDuration(advice) / 1000;
  return { retryAfter, retryLimit: Math.ceil(longestTask / retryAfter) };
}

function pollStep(source: string, task: AsyncTask, idPlace: string) {
  const { poll } = task;
  const status = poll === undefined ? '' : placeOf(poll.answer, 'status');
  if (poll === undefined || status === '' || idPlace === '') return undefined;
  const result = firstResult(poll.answer);
  return {
    stepId: 'poll',
    description: `Ask until the task has ended: ${phases.filter(isTerminal).join(', ')}.`,
    operationId: `$sourceDescriptions.${source}.${poll.operation}`,
    parameters: [
      { reference: '$components.parameters.authorization' },
      { in: poll.id.in, name: poll.id.name, value: '$steps.submit.outputs.task' },
    ],
    successCriteria: [
      answered,
      statusIn(
        status,
        wordsFor(task, (phase) => phase === 'succeeded'),
      ),
    ],
    onFailure: [
      {
        name: 'not-ended',
        type: 'retry',
        ...retryOf(task),
        criteria: [
          answered,
          statusIn(
            status,
            wordsFor(task, (phase) => !isTerminal(phase)),
          ),
        ],
      },
      { name: 'ended-badly', type: 'end' },
    ],
    ...(result === undefined ? {} : { outputs: { result: `$response.body#${result.pointer}` } }),
  };
}

/**
 * The way from a submit to a picture as an Arazzo workflow, for tools that know nothing of `x-async-task`; undefined
 * where the contract submits nothing. The source description is named like the vendor.
 */
export function arazzoOf(contract: Contract, url: string): ArazzoDocument | undefined {
  const { submit, id: source } = contract;
  if (submit === undefined) return undefined;
  const { task } = submit;
  const { body, prompt } = payloadOf(contract, submit);
  const idPlace = placeOf(task.answer, 'id');
  const poll = pollStep(source, task, idPlace);
  const last = poll === undefined ? 'submit' : 'poll';
  const result = firstResult(poll === undefined ? task.answer : (task.poll?.answer ?? {}));
  const fromSubmit = poll === undefined ? result?.pointer : idPlace;
  return {
    arazzo: '1.0.1',
    info: { title: `${contract.title}: from a submit to a picture`, version: contract.document.info.version },
    sourceDescriptions: [{ name: source, type: 'openapi', url }],
    workflows: [
      {
        workflowId: 'generate',
        summary: poll === undefined ? 'Submit and fetch the result.' : 'Submit, poll until the end, fetch the result.',
        inputs: {
          type: 'object',
          required: ['apiKey'],
          properties: { apiKey: { type: 'string', format: 'password' }, prompt: { type: 'string', default: prompt } },
        },
        steps: [
          {
            stepId: 'submit',
            description: 'Submit a generation.',
            operationId: `$sourceDescriptions.${source}.${submit.id}`,
            parameters: [{ reference: '$components.parameters.authorization' }],
            requestBody: { contentType: 'application/json', payload: body },
            successCriteria: [{ condition: `$statusCode == ${task.acceptedStatus ?? 200}` }],
            ...(fromSubmit === undefined
              ? {}
              : { outputs: { [poll === undefined ? 'result' : 'task']: `$response.body#${fromSubmit}` } }),
          },
          ...(poll === undefined ? [] : [poll]),
          ...(result?.isUrl === true
            ? [
                {
                  stepId: 'fetch',
                  // A result lies on any host, so it is no operation of the contract; and no key is sent there.
                  description: 'Fetch the first result.',
                  'x-operation': { method: 'get', url: `$steps.${last}.outputs.result` },
                  successCriteria: [answered],
                },
              ]
            : []),
        ],
        ...(result === undefined ? {} : { outputs: { result: `$steps.${last}.outputs.result` } }),
      },
    ],
    components: {
      parameters: { authorization: { in: 'header', name: 'Authorization', value: 'Bearer {$inputs.apiKey}' } },
    },
  };
}
