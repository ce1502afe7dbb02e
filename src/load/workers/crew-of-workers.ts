import type { Worker } from 'node:worker_threads';
import { ProofsheetError } from '../../core/errors.js';
import { watchProcessHealth } from '../../platform/process-health.js';
import { arrivalOffsets } from '../arrivals.js';
import { type CrewHooks, type LoadCrew, summaryOptions } from '../crew.js';
import { deadForAll, type Silence } from '../early-end.js';
import { judgeWorkers, type WorkerHealth } from '../generator-health.js';
import { createLiveWatch } from '../live-figures.js';
import { LOOK_MS, type Look } from '../observe-run.js';
import { arrivalsChance, type LoadPlan } from '../plan-load.js';
import type { RunLoadOptions } from '../run-load-options.js';
import { createSummary } from '../summary.js';
import type { FromWorker, SharedOptions, ShareOrder, ToWorker } from './messages.js';

/** A thread that runs `runShare`. */
type LoadThread = Pick<Worker, 'postMessage' | 'on' | 'terminate'>;

/** Threads that share a load. */
export interface LoadWorkers {
  /** At least 2. */
  readonly count: number;
  /** Starts one; it has to know the run's contract, policy and arrivals by itself. */
  readonly start: (order: ShareOrder) => LoadThread;
}

/** Until then every worker has heard of the start. */
const LEAD_MS = 50;

interface WorkerState {
  readonly thread: LoadThread;
  requests: number;
  lateStarts: number;
  silence: Silence | undefined;
  /** When it told last; Unix milliseconds. */
  toldAt: number;
  /** Has told of itself since the last progress. */
  isFresh: boolean;
  end: Extract<FromWorker, { type: 'end' }> | undefined;
}

function sharedOptions(options: RunLoadOptions): SharedOptions {
  const {
    contract: _,
    policy,
    arrivals,
    thresholds,
    receiver,
    transport,
    clock,
    signal,
    onEvent,
    workers,
    ...rest
  } = options;
  return rest;
}

/** The moments of arrivals that end: a worker would have to read their file again, which may be a pipe. */
function momentsOf({ arrivals, maxTasks }: LoadPlan, seed: number): Float64Array | undefined {
  if (arrivals.finite !== true) return undefined;
  const offsets = arrivalOffsets(arrivals, arrivalsChance(seed));
  const moments: number[] = [];
  for (let next = offsets.next(); next.done !== true && moments.length < maxTasks; next = offsets.next())
    moments.push(Number(next.value));
  return Float64Array.from(moments);
}

/**
 * Several threads, each with a share of the same plan. Their figures come here once a second and at the end and are
 * merged; a worker that dies ends the run with an error, because its figures are lost.
 */
export function crewOfWorkers(
  options: RunLoadOptions & { readonly workers: LoadWorkers },
  plan: LoadPlan,
  hooks: CrewHooks,
): LoadCrew {
  const { clock, warmUpMs, giveUpAfterMs } = plan;
  const { count, start } = options.workers;
  const begin = (startedAt: number) => ({
    startedAt,
    live: createLiveWatch(startedAt),
    summary: createSummary({ ...summaryOptions(options, plan, startedAt), alignedAt: startedAt + warmUpMs }),
    health: watchProcessHealth(),
    warm: warmUpMs === 0,
  });
  let run = begin(clock.now());
  let workers: WorkerState[] = [];

  const progress = () => {
    const at = clock.now();
    for (const worker of workers) worker.isFresh = false;
    if (!run.warm && at >= run.startedAt + warmUpMs) {
      run.warm = true;
      run.health.restart();
    }
    hooks.onLook(at, run.live.look(at));
  };

  const running = () => workers.filter(({ end }) => end === undefined);

  /** Up to this moment all answers are known here: who has told nothing for long has had none. */
  const knownUntil = () => {
    const now = clock.now();
    return Math.min(now, ...running().flatMap(({ toldAt }) => (now - toldAt > 2 * LOOK_MS ? [] : [toldAt])));
  };

  const takeIn = (worker: WorkerState, { at, summary, live, silence }: Look) => {
    // A second look of one worker means that a second has gone by, whether or not all others had something to tell.
    if (worker.isFresh) progress();
    run.summary.merge(summary);
    run.live.merge(live);
    worker.requests += summary.submit.histogram.count + summary.poll.histogram.count;
    worker.lateStarts += summary.lateStarts;
    worker.silence = silence;
    worker.toldAt = at;
    worker.isFresh = true;
    const dead = deadForAll(
      workers.flatMap((one) => one.silence ?? []),
      giveUpAfterMs,
      knownUntil(),
    );
    if (dead !== undefined) hooks.onDead(dead);
  };

  const tellAll = (message: ToWorker) => {
    for (const { thread } of workers) thread.postMessage(message);
  };

  /** Resolves when every worker has told of its end. */
  const untilEnd = () =>
    new Promise<void>((resolve, reject) => {
      let ready = 0;
      const hear = (worker: WorkerState, message: FromWorker) => {
        if (message.type === 'ready') {
          ready += 1;
          if (ready < count) return;
          run.health.stop();
          run = begin(clock.now() + LEAD_MS);
          for (const one of workers) one.toldAt = run.startedAt;
          tellAll({ type: 'start', at: run.startedAt });
          return;
        }
        if (message.type === 'end') worker.end = message;
        takeIn(worker, message.look);
        const left = running();
        if (left.length === 0) resolve();
        else if (left.every(({ isFresh }) => isFresh)) progress();
      };
      workers.forEach((worker, index) => {
        const name = `Worker ${index + 1} of the load`;
        worker.thread.on('message', (message: FromWorker) => {
          try {
            hear(worker, message);
          } catch (error) {
            reject(error);
          }
        });
        worker.thread.on('error', (error: Error) => reject(new ProofsheetError(`${name} died: ${error.message}`)));
        worker.thread.on('exit', (code: number) => {
          if (worker.end === undefined) reject(new ProofsheetError(`${name} ended too early, with code ${code}`));
        });
      });
    });

  return {
    figures: () => run.summary.figures(),
    progress: () => run.summary.progress(),
    warmUpTasks: () => workers.reduce((sum, { end }) => sum + (end?.warmUpTasks ?? 0), 0),
    startedAt: () => run.startedAt,
    async work(signal) {
      const moments = momentsOf(plan, options.seed);
      const order = { options: sharedOptions(options), ...(moments === undefined ? {} : { moments }) };
      workers = Array.from({ length: count }, (_, index) => ({
        thread: start({ ...order, share: { index, of: count } }),
        requests: 0,
        lateStarts: 0,
        silence: undefined,
        toldAt: run.startedAt,
        isFresh: false,
        end: undefined,
      }));
      const onAbort = () => tellAll({ type: 'stop' });
      if (signal.aborted) onAbort();
      signal.addEventListener('abort', onAbort);
      try {
        await untilEnd();
      } finally {
        signal.removeEventListener('abort', onAbort);
        await Promise.all(workers.map(({ thread }) => thread.terminate()));
      }
      const judged = workers.flatMap(({ end, requests, lateStarts }): WorkerHealth[] =>
        end === undefined
          ? []
          : [{ health: end.health, lateStarts: lateStarts + end.overdue, requests: requests + end.overdue }],
      );
      return judgeWorkers(run.health.stop(), judged);
    },
  };
}
