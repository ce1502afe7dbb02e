import { NotJudgedError } from '../core/errors.js';
import type { LoadReport, SaturationCeiling, SaturationStep } from '../core/load-report.js';
import type { Json } from '../core/pointer.js';
import { createHttpPool, type LoadTransport } from '../platform/http-pool.js';
import { preciseClock } from '../platform/precise-clock.js';
import { watchProcessHealth } from '../platform/process-health.js';
import { type SaturationEngine, type SaturationFigures, saturate } from '../platform/saturation-engine.js';
import { taskUrl } from '../platform/target.js';
import { judgeGenerator } from './generator-health.js';
import { createLatencyRecorder } from './latency-recorder.js';
import { type LoadTarget, type LoadTargetOptions, loadTarget } from './load-target.js';
import { type LoadReading, readSubmit } from './read-load-answer.js';
import { type SaturatedEndpoint, type SaturationBounds, saturationBounds } from './saturation-bounds.js';
import { ceilingOf, planSteps, type SaturationLimits, stepOf, whyStop } from './saturation-steps.js';
import { submitBody } from './submit-body.js';
import { parseThreshold, withThresholds } from './thresholds.js';
import { workOf } from './work.js';

export interface RunSaturationOptions extends LoadTargetOptions {
  /** The most connections that each keep one request open; steps of 1, 2, 4 and so on lead there. Default 64. */
  readonly connections?: number;
  /** Milliseconds of all steps together, at least 100; 5 seconds by default, to be given elsewhere. */
  readonly durationMs?: number;
  /** Requests a second at most; as many as fit by default, to be given elsewhere. */
  readonly mostPerSecond?: number;
  /** With it only the one task is submitted that polls ask for; to be given elsewhere. */
  readonly maxTasks?: number;
  /** Milliseconds of p99 beyond which no further step is made; 1000 by default. */
  readonly mostP99Ms?: number;
  /** By default both on this machine. Submits create tasks, so elsewhere only polls are possible. */
  readonly endpoints?: readonly SaturatedEndpoint[];
  /** Gets what the run may do at most, before the first request. */
  readonly onPlanned?: (bounds: SaturationBounds) => void;
  /** Only named in the report: nothing here is drawn. */
  readonly seed?: number;
  readonly body?: Json;
  readonly thresholds?: readonly string[];
  readonly signal?: AbortSignal;
  /** How the one task is submitted; by default a real connection. */
  readonly transport?: LoadTransport;
  readonly engine?: SaturationEngine;
}

async function submitOne(transport: LoadTransport, { baseUrl, submit, headers }: LoadTarget, body: string) {
  const url = baseUrl + submit.path;
  try {
    const answer = await transport({
      method: 'POST',
      url,
      headers: { ...headers, 'content-type': 'application/json' },
      body,
    });
    return readSubmit(submit, answer);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new NotJudgedError(`${new URL(baseUrl).host} cannot be reached: ${code ?? message}`);
  }
}

const MOST_P99_MS = 1000;

interface Climbed {
  readonly steps: readonly SaturationStep[];
  readonly ceiling: SaturationCeiling | undefined;
  /** Of the step that is the ceiling. */
  readonly figures: SaturationFigures | undefined;
}

/** More and more connections on one endpoint, until it gives no more. */
async function climb(
  endpoint: SaturationStep['endpoint'],
  connections: readonly number[],
  limits: SaturationLimits,
  measure: (connections: number) => Promise<SaturationFigures>,
  signal: AbortSignal | undefined,
): Promise<Climbed> {
  const steps: SaturationStep[] = [];
  const measured: SaturationFigures[] = [];
  let reason: string | undefined;
  for (const count of connections) {
    if (reason !== undefined || signal?.aborted) break;
    const figures = await measure(count);
    measured.push(figures);
    steps.push(stepOf(endpoint, count, figures));
    reason = whyStop(steps, limits);
  }
  const end = signal?.aborted
    ? 'it was interrupted'
    : `${connections.at(-1)} connections are the most that were asked for`;
  const ceiling = ceilingOf(steps, limits, reason ?? end);
  const figures = measured[steps.findIndex(({ connections: count }) => count === ceiling?.connections)];
  return { steps, ceiling, figures };
}

function errorsOf(steps: readonly SaturationStep[]): Record<string, number> {
  const errors: Record<string, number> = {};
  for (const { endpoint, failures } of steps)
    if (failures > 0) errors[`${endpoint} failed`] = (errors[`${endpoint} failed`] ?? 0) + failures;
  return errors;
}

function sent(steps: readonly SaturationStep[], endpoint: SaturationStep['endpoint']): number {
  return steps.reduce((sum, step) => sum + (step.endpoint === endpoint ? step.requests : 0), 0);
}

/**
 * How many requests a second the target can take: submits one task and asks for it through more and more connections,
 * without pause, until the rate stops growing, p99 passes its bound or requests fail; then the same with submits. Throws
 * a `UsageError` for a vendor without tasks, for an https target, whose certificate the engine would not look at, and for
 * one elsewhere without a ceiling of rate, tasks and time; a `NotJudgedError` where the one task cannot be submitted. After an abort the report tells what there is.
 */
export async function runSaturation(options: RunSaturationOptions): Promise<LoadReport> {
  const target = loadTarget(options);
  const { contract, mostP99Ms = MOST_P99_MS, signal, engine = saturate } = options;
  const { baseUrl, submit, headers } = target;
  const bounds = saturationBounds(contract, baseUrl, options);
  const { endpoints, requestsPerSecond: mostPerSecond } = bounds;
  const thresholds = (options.thresholds ?? []).map(parseThreshold);
  const bodyOf = submitBody(contract, submit, options.body);
  const body = bodyOf(1);
  const { pricePerTask } = workOf(contract, submit, bodyOf);
  const priced = pricePerTask !== undefined && bounds.tasks === 1;
  const cost = priced ? { cost: { amount: pricePerTask, unit: submit.task.price?.unit ?? '' } } : {};
  options.onPlanned?.({ ...bounds, ...cost });
  const { connections, stepMs } = planSteps(bounds);

  const pool = options.transport === undefined ? createHttpPool(baseUrl) : undefined;
  const transport = options.transport ?? pool?.transport;
  const submitLatency = createLatencyRecorder();
  const watch = watchProcessHealth();
  try {
    const startedAt = preciseClock.now();
    const reading: LoadReading = transport === undefined ? {} : await submitOne(transport, target, body);
    submitLatency.add(preciseClock.now() - startedAt);
    if (reading.taskId === undefined)
      throw new NotJudgedError(`${contract.id} did not accept the task to poll: ${reading.error ?? 'no task id'}`);
    const place = submit.task.poll?.id ?? { in: 'path', name: 'id' };
    const poll = {
      method: 'GET',
      url: taskUrl(baseUrl, contract.poll?.path ?? '', place, reading.taskId),
      headers,
    } as const;
    const json = { ...headers, 'content-type': 'application/json' };
    const requests = { poll, submit: { method: 'POST', url: baseUrl + submit.path, headers: json, body } as const };
    const climbed = new Map<SaturationStep['endpoint'], Climbed>();
    for (const endpoint of endpoints) {
      const stop = signal === undefined ? {} : { signal };
      const measure = (count: number) =>
        engine({ ...requests[endpoint], connections: count, durationMs: stepMs, mostPerSecond, ...stop });
      climbed.set(endpoint, await climb(endpoint, connections, { mostP99Ms, mostPerSecond }, measure, signal));
    }
    const all = [...climbed.values()];
    const steps = all.flatMap((one) => one.steps);
    const polls = sent(steps, 'poll');
    const submits = sent(steps, 'submit');
    const shown = climbed.get('poll') ?? climbed.get('submit');
    const { ceiling, figures } = shown ?? {};
    const generator = judgeGenerator(watch.stop(), { lateStarts: 0, requests: polls + submits });
    return withThresholds(
      {
        schemaVersion: 1,
        kind: 'load',
        vendor: contract.id,
        target: baseUrl,
        seed: options.seed ?? 0,
        driver: 'saturation',
        // Their answers are counted, not read: every task counts as live, and no poll as wasted.
        tasks: { started: 1 + submits, succeeded: 0, failed: 0, cancelled: 0, abandoned: 0, live: 1 + submits },
        polls: { total: polls, wasted: 0, perTask: { mean: polls, p50: polls, p95: polls } },
        latencyMs: {
          submit: climbed.get('submit')?.figures?.latencyMs ?? submitLatency.summary(),
          poll: climbed.get('poll')?.figures?.latencyMs ?? createLatencyRecorder().summary(),
        },
        timeToDetectMs: null,
        generator,
        thresholds: [],
        errors: errorsOf(steps),
        saturation: {
          requests: figures?.requests ?? 0,
          durationMs: figures?.durationMs ?? 0,
          requestsPerSecond: ceiling?.requestsPerSecond ?? 0,
          connections: ceiling?.connections ?? 0,
          errors: figures?.errors ?? 0,
          non2xx: figures?.non2xx ?? 0,
          steps,
          ceilings: all.flatMap((one) => (one.ceiling === undefined ? [] : [one.ceiling])),
        },
        ...(signal?.aborted ? { partial: 'it was interrupted' } : {}),
      },
      thresholds,
    );
  } finally {
    watch.stop();
    await pool?.close();
  }
}
