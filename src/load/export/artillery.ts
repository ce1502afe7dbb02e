import { stringify } from 'yaml';
import type { AsyncTask } from '../../contract/async-task.js';
import type { Contract } from '../../contract/contract.js';
import { UsageError } from '../../core/errors.js';
import { pointerTokens } from '../../core/pointer.js';
import type { PollingPolicy } from '../../core/polling.js';
import { createRng } from '../../platform/random.js';
import type { Arrivals } from '../arrivals.js';
import { arrivalOffsets } from '../arrivals.js';
import type { LoadTarget } from '../load-target.js';
import { adviceOf } from '../plan-load.js';
import { submitBody } from '../submit-body.js';
import { createWaitDraws } from '../wait-draws.js';
import { arrivalPhases } from './arrival-phases.js';
import { waitsTable } from './waits-table.js';

export interface ArtilleryOptions {
  readonly contract: Contract;
  readonly target: LoadTarget;
  readonly policy: PollingPolicy;
  readonly arrivals: Arrivals;
  readonly seed: number;
  /** Infinite where only the time bounds the run. */
  readonly maxTasks: number;
  /** Infinite where only the tasks bound the run. */
  readonly durationMs: number;
  readonly timeoutMs: number;
  /** The environment variable with the key, which never stands in the export. */
  readonly keyVariable: string;
  /** How the scenario names the processor's file. */
  readonly processorFile: string;
  /** The processor with a place for its facts. */
  readonly processorTemplate: string;
}

export interface ArtilleryExport {
  /** A test script for `artillery run`. */
  readonly scenario: string;
  readonly processor: string;
}

const FACTS = '__FACTS__';

function placesOf(shape: AsyncTask['answer']) {
  return Object.entries(shape).flatMap(([pointer, field]) => {
    const from = 'from' in field ? field.from : '';
    return from === 'id' || from === 'status' ? [{ name: from, tokens: pointerTokens(pointer) }] : [];
  });
}

/**
 * The load as a test script of Artillery: arrivals are its phases, each virtual user is one task, and the task's figures
 * are custom metrics with the names of our JSON report. Throws a `UsageError` for a vendor without tasks and for a policy
 * that cannot be written down.
 */
export function toArtillery(options: ArtilleryOptions): ArtilleryExport {
  const { contract, target, policy, arrivals, seed, maxTasks, durationMs, timeoutMs } = options;
  const { submit, baseUrl } = target;
  const { poll } = submit.task;
  if (poll === undefined || contract.poll === undefined)
    throw new UsageError(`${contract.id} answers at once: there is nothing to poll, so there is nothing to export`);
  const offsets = arrivalOffsets(arrivals, createRng('arrivals', seed));
  const { origin, pathname } = new URL(baseUrl);
  const base = pathname === '/' ? '' : pathname;
  const path =
    poll.id.in === 'path'
      ? contract.poll.path.replace(`{${poll.id.name}}`, '{{ taskId }}')
      : `${contract.poll.path}?${encodeURIComponent(poll.id.name)}={{ taskId }}`;
  const facts = {
    keyVariable: options.keyVariable,
    policy: policy.name,
    waitsMs: waitsTable(policy, createWaitDraws(seed), {
      timeoutMs,
      adviceMs: adviceOf(target),
    }),
    timeoutMs,
    body: submitBody(contract, submit)(0),
    numbered: 'picture 0',
    words: submit.task.status?.words ?? {},
    submit: { places: placesOf(submit.task.answer) },
    poll: { places: placesOf(poll.answer) },
  };
  const scenario = {
    config: {
      target: origin,
      phases: arrivalPhases(offsets, maxTasks, durationMs),
      processor: options.processorFile,
      // A submit without an answer may take as long as the task.
      http: { timeout: Math.ceil(Math.min(timeoutMs, 60_000) / 1000) },
    },
    scenarios: [
      {
        name: `one task of ${contract.id}, polled by ${policy.name}`,
        onError: 'onError',
        flow: [
          { post: { url: base + submit.path, beforeRequest: 'beforeSubmit', afterResponse: 'afterSubmit' } },
          {
            loop: [
              { function: 'waitForPoll' },
              {
                get: {
                  url: base + path,
                  name: contract.poll.path,
                  ifTrue: 'isRunning',
                  beforeRequest: 'beforePoll',
                  afterResponse: 'afterPoll',
                },
              },
            ],
            whileTrue: 'again',
          },
        ],
      },
    ],
  };
  return {
    scenario: stringify(scenario, { lineWidth: 0 }),
    processor: options.processorTemplate.replace(FACTS, () => JSON.stringify(facts, null, 2)),
  };
}
