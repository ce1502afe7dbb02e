import { NotJudgedError, UsageError } from '../core/errors.js';
import type { LoadReport, SaturationCeiling, SaturationStep } from '../core/load-report.js';
import { isLoopback } from '../core/loopback.js';
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
import { ceilingOf, connectionSteps, stepOf, whyStop } from './saturation-steps.js';
import { submitBody } from './submit-body.js';
import { parseThreshold, withThresholds } from './thresholds.js';

export interface RunSaturationOptions extends LoadTargetOptions {
  /** The most connections that each keep one request open; steps of 1, 2, 4 and so on lead there. Default 64. */
  readonly connections?: number;
  /** Milliseconds of all steps together; at least 100. */
  readonly durationMs: number;
  /** Milliseconds of p99 beyond which no further step is made; 1000 by default. */
  readonly mostP99Ms?: number;
  /** By default both on this machine. Submits create tasks, so elsewhere only polls are possible. */
  readonly endpoints?: readonly ('submit' | 'poll')[];
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

const ENDPOINTS = ['poll', 'submit'] as const;
const MOST_CONNECTIONS = 64;
const MOST_P99_MS = 1000;
const SHORTEST_STEP_MS = 100;

/** Throws a `UsageError` for what cannot, or must not, be saturated. */
function checkOptions(
  { contract, durationMs, connections, mostP99Ms, endpoints }: RunSaturationOptions,
  baseUrl: string,
) {
  if (contract.submit?.task.poll === undefined || contract.poll === undefined)
    throw new UsageError(
      `${contract.id} answers at once: there is nothing to poll, so it cannot be saturated with polls`,
    );
  // The engine switches the check of certificates off, so a key could be read on the way.
  if (baseUrl.startsWith('https:') && !isLoopback(baseUrl))
    throw new UsageError('Saturation does not verify certificates, so it only drives http targets or this machine');
  if (!isLoopback(baseUrl) && endpoints?.includes('submit'))
    throw new UsageError(
      `Each submit on ${new URL(baseUrl).host} costs money: only this machine is saturated with them`,
    );
  if (connections !== undefined && !(Number.isInteger(connections) && connections >= 1))
    throw new UsageError(`connections must be a whole number, at least 1, is ${connections}`);
  if (mostP99Ms !== undefined && !(mostP99Ms > 0))
    throw new UsageError(`The bound of p99 must be positive, is ${mostP99Ms}`);
  if (!(durationMs >= SHORTEST_STEP_MS))
    throw new UsageError(`A saturation run takes at least 100ms, not ${durationMs}ms`);
}

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
  mostP99Ms: number,
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
    reason = whyStop(steps, mostP99Ms);
  }
  const end = signal?.aborted
    ? 'it was interrupted'
    : `${connections.at(-1)} connections are the most that were asked for`;
  const ceiling = ceilingOf(steps, mostP99Ms, reason ?? end);
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
 * a `UsageError` for a vendor without tasks and for an https target, whose certificate the engine would not look at, and
 * a `NotJudgedError` where the one task cannot be submitted. After an abort the report tells what there is.
 */
export async function runSaturation(options: RunSaturationOptions): Promise<LoadReport> {
  const target = loadTarget(options);
  const { contract, durationMs, mostP99Ms = MOST_P99_MS, signal, engine = saturate } = options;
  const { baseUrl, submit, headers } = target;
  checkOptions(options, baseUrl);
  const thresholds = (options.thresholds ?? []).map(parseThreshold);
  const body = submitBody(contract, submit, options.body)(1);
  const asked = options.endpoints ?? (isLoopback(baseUrl) ? ENDPOINTS : ['poll']);
  const endpoints = ENDPOINTS.filter((endpoint) => asked.includes(endpoint));
  const connections = connectionSteps(options.connections ?? MOST_CONNECTIONS);
  const stepMs = Math.max(SHORTEST_STEP_MS, durationMs / (connections.length * endpoints.length));

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
        engine({ ...requests[endpoint], connections: count, durationMs: stepMs, ...stop });
      climbed.set(endpoint, await climb(endpoint, connections, mostP99Ms, measure, signal));
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
