import { NotJudgedError, UsageError } from '../core/errors.js';
import type { LoadReport } from '../core/load-report.js';
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
import { submitBody } from './submit-body.js';
import { parseThreshold, withThresholds } from './thresholds.js';

export interface RunSaturationOptions extends LoadTargetOptions {
  /** Connections that each keep one request open; default 10. */
  readonly connections?: number;
  /** Milliseconds; at least 100. */
  readonly durationMs: number;
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

function perTask(requests: number) {
  return { mean: requests, p50: requests, p95: requests };
}

function errorsOf({ errors, timeouts, non2xx }: SaturationFigures): Record<string, number> {
  const counts = { 'poll no answer': errors - timeouts, 'poll timeout': timeouts, 'poll not 2xx': non2xx };
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

/**
 * How many polls a second the target can take: submits one task and asks for it through every connection at once,
 * without pause. Throws a `UsageError` for a vendor without tasks and for an https target, whose certificate the engine
 * would not look at, and a `NotJudgedError` where the one task cannot be submitted. After an abort the report tells
 * what there is.
 */
export async function runSaturation(options: RunSaturationOptions): Promise<LoadReport> {
  const target = loadTarget(options);
  const { contract, connections = 10, durationMs, signal, engine = saturate } = options;
  const { baseUrl, submit, headers } = target;
  const { poll } = submit.task;
  if (poll === undefined || contract.poll === undefined)
    throw new UsageError(
      `${contract.id} answers at once: there is nothing to poll, so it cannot be saturated with polls`,
    );
  // The engine switches the check of certificates off, so a key could be read on the way.
  if (baseUrl.startsWith('https:') && !isLoopback(baseUrl))
    throw new UsageError('Saturation does not verify certificates, so it only drives http targets or this machine');
  if (!(Number.isInteger(connections) && connections >= 1))
    throw new UsageError(`connections must be a whole number, at least 1, is ${connections}`);
  if (!(durationMs >= 100)) throw new UsageError(`A saturation run takes at least 100ms, not ${durationMs}ms`);
  const thresholds = (options.thresholds ?? []).map(parseThreshold);
  const body = submitBody(contract, submit, options.body)(1);

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
    const url = taskUrl(baseUrl, contract.poll.path, poll.id, reading.taskId);
    const figures = await engine({
      url,
      headers,
      connections,
      durationMs,
      ...(signal === undefined ? {} : { signal }),
    });
    const generator = judgeGenerator(watch.stop(), { lateStarts: 0, requests: figures.requests });
    const latencyMs = { submit: submitLatency.summary(), poll: figures.latencyMs };
    return withThresholds(
      {
        schemaVersion: 1,
        kind: 'load',
        vendor: contract.id,
        target: baseUrl,
        seed: options.seed ?? 0,
        // Its answers are counted, not read: the one task counts as live, and no poll as wasted.
        tasks: { started: 1, succeeded: 0, failed: 0, cancelled: 0, abandoned: 0, live: 1 },
        polls: { total: figures.requests, wasted: 0, perTask: perTask(figures.requests) },
        latencyMs,
        timeToDetectMs: null,
        generator,
        thresholds: [],
        errors: errorsOf(figures),
        saturation: {
          requests: figures.requests,
          durationMs: figures.durationMs,
          requestsPerSecond: figures.durationMs > 0 ? (figures.requests * 1000) / figures.durationMs : 0,
          connections,
          errors: figures.errors,
          non2xx: figures.non2xx,
        },
      },
      thresholds,
    );
  } finally {
    watch.stop();
    await pool?.close();
  }
}
