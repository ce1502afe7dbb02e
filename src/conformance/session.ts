import type { ProbeReport } from '../core/check-report.js';
import { parseDuration } from '../core/duration.js';
import { NotJudgedError } from '../core/errors.js';
import { isLoopback } from '../core/loopback.js';
import { exponential, fixed, type PollingPolicy } from '../core/polling.js';
import { type CallbackDesk, createCallbackDesk } from './callback-desk.js';
import { type CheckEvent, type CheckOptions, stoppedBySignal } from './check-options.js';
import type { Evidence, Journey, Sent } from './evidence.js';
import { type JourneySettings, sendPatiently, travel } from './journey.js';
import { createLimit } from './limit.js';
import { preflight } from './preflight.js';
import { type Probe, type ProbeContext, SkipProbe, together } from './probe.js';
import { createRecorder, StoppedError } from './recorder.js';
import { createRedactor } from './redact.js';
import type { Target } from './requests.js';
import { type Selection, settingFor } from './selection.js';
import { shownIn } from './shown-operations.js';

const longestRequestMs = 30_000;
/** After so many requests in a row without an answer the server is taken for gone. */
const mostSilent = 5;
/** After so many tasks that never ended, no more are started: they would cost money and tell nothing new. */
const mostStuck = 3;

function pollingFor({ contract, baseUrl, pollInterval }: CheckOptions): PollingPolicy {
  if (pollInterval !== undefined) return fixed(pollInterval);
  if (isLoopback(baseUrl)) return exponential(50, 1.5, 500);
  return fixed(parseDuration(contract.submit?.task.advice?.pollInterval?.minimum ?? '5s'));
}

export interface SessionResult {
  readonly evidence: Evidence;
  readonly redact: (text: string) => string;
  readonly stopped?: string;
  readonly callbacks: CallbackDesk['calls'];
}

/** Runs the probes and gathers what they saw. Throws a `NotJudgedError` where there is nothing to judge. */
export async function runSession(
  options: CheckOptions,
  selection: Selection,
  emit: (event: CheckEvent) => void,
): Promise<SessionResult> {
  const { contract, clock, signal } = options;
  const keys = {
    key: options.apiKey,
    ...(options.otherKey === undefined ? {} : { other: options.otherKey }),
    ...(options.poorKey === undefined ? {} : { poor: options.poorKey }),
  };
  const redact = createRedactor(keys);
  const onlyLoopback = isLoopback(options.baseUrl);
  const journeys: Journey[] = [];
  const probes = new Map<string, ProbeReport>();
  let requests = 0;
  let tasks = 0;
  let stuck = 0;
  let silent = 0;
  let stopped: string | undefined;
  const whyStopped = () =>
    silent >= mostSilent ? `the server gave no answer ${silent} times in a row` : stoppedBySignal;
  const onSent = ({ status, operation, purpose }: Sent) => {
    requests += 1;
    if (purpose.case !== 'result' && purpose.case !== 'hung-up') silent = status === undefined ? silent + 1 : 0;
    if (operation?.task !== undefined && status !== undefined && status >= 200 && status < 300) tasks += 1;
    emit({ type: 'progress', requests, tasks });
  };
  const recorder = createRecorder({
    wire: options.wire,
    clock,
    redact,
    requestTimeoutMs: Math.min(options.timeout, longestRequestMs),
    onSent,
    isOver: () => silent >= mostSilent,
    ...(signal === undefined ? {} : { signal }),
  });
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  const target: Target = { contract, baseUrl, keys, headers: options.headers ?? {} };
  const polling = pollingFor(options);
  const settings: JourneySettings = {
    target,
    recorder,
    clock,
    pollDelayMs: (attempt) => polling.delayMs(attempt),
    timeoutMs: options.timeout,
    onlyLoopback,
    ...(signal === undefined ? {} : { signal }),
  };
  const desk = options.receiver === undefined ? undefined : createCallbackDesk(options.receiver, redact);
  const until = async (isSo: () => boolean, mostMs: number) => {
    const deadline = clock.now() + mostMs;
    for (let wait = 5; !isSo(); wait = Math.min(wait * 2, 250)) {
      const left = deadline - clock.now();
      if (left <= 0) return false;
      await clock.sleep(Math.min(wait, left), signal).catch(() => {
        throw new StoppedError('stopped');
      });
    }
    return true;
  };
  const limit = createLimit(onlyLoopback ? 8 : 2);

  const runProbe = async (probe: Probe): Promise<void> => {
    emit({ type: 'probe-started', probe: probe.id, title: probe.title });
    const notes: string[] = [];
    let sent = 0;
    const context: ProbeContext = {
      ...settingFor(options, probe),
      target,
      journeys,
      desk,
      until,
      now: clock.now,
      note: (text) => void notes.push(text),
      send(call) {
        sent += 1;
        // Only bursts want to be throttled; everybody else waits as long as they are told.
        const send = () => recorder.send(probe.id, call);
        return ['burst', 'after-burst'].includes(call.purpose.case) ? send() : sendPatiently(settings, send);
      },
      travel: (plan) =>
        limit(async () => {
          if (stuck >= mostStuck) throw new SkipProbe(`${stuck} tasks have not ended within the time-out`);
          const before = requests;
          const journey = await travel(settings, probe.id, { extraPolls: 1, ...plan });
          journeys.push(journey);
          if (journey.end === 'timeout') stuck += 1;
          sent += Math.max(1, requests - before);
          return journey;
        }),
    };
    const done = (verdict: ProbeReport['verdict'], reason?: string) => {
      const outcome: ProbeReport = {
        id: probe.id,
        title: probe.title,
        verdict,
        ...(reason === undefined ? {} : { reason }),
        notes,
        requests: recorder.sent.filter(({ exchange }) => exchange.probe === probe.id).length,
      };
      probes.set(probe.id, outcome);
      emit({ type: 'probe-finished', outcome });
    };
    try {
      await probe.run(context);
      done('ran');
    } catch (error) {
      if (error instanceof SkipProbe) return done(sent > 0 ? 'stopped' : 'skipped', error.message);
      if (!(error instanceof StoppedError)) throw error;
      stopped ??= whyStopped();
      done('stopped', stopped);
    }
  };

  const skipProbe = (probe: Probe, reason: string) => {
    const outcome: ProbeReport = {
      id: probe.id,
      title: probe.title,
      verdict: 'skipped',
      reason,
      notes: [],
      requests: 0,
    };
    probes.set(probe.id, outcome);
    emit({ type: 'probe-finished', outcome });
  };

  try {
    await Promise.all(
      selection.probes.map(({ probe, skipped }) => (skipped === undefined ? probe.prepare?.() : undefined)),
    );
    await preflight(target, recorder);
    for (const { probe, skipped } of selection.probes) if (skipped !== undefined) skipProbe(probe, skipped);
    const chosen = selection.probes.filter(({ skipped }) => skipped === undefined).map(({ probe }) => probe);
    for (const probe of chosen.filter(({ depth }) => depth === 'free'))
      if (stopped === undefined) await runProbe(probe);
    const baseline = chosen.find(({ id }) => id === 'baseline');
    if (baseline !== undefined && stopped === undefined) await runProbe(baseline);
    refuseWithoutBalance(journeys, baseUrl);
    for (const probe of chosen.filter((one) => one.alone === true)) if (stopped === undefined) await runProbe(probe);
    const rest = chosen.filter((probe) => probe.depth !== 'free' && probe !== baseline && probe.alone !== true);
    if (stopped === undefined) await together(rest.map(runProbe));
  } catch (error) {
    if (!(error instanceof StoppedError)) throw error;
    stopped ??= whyStopped();
  }
  for (const { probe } of selection.probes) if (!probes.has(probe.id)) skipProbe(probe, stopped ?? 'not reached');
  return {
    redact,
    callbacks: desk?.calls ?? [],
    ...(stopped === undefined ? {} : { stopped }),
    evidence: {
      contract,
      depth: options.depth,
      sent: recorder.sent,
      journeys,
      probes,
      ...(options.callbackSecret === undefined ? {} : { callbackSecret: options.callbackSecret }),
      isShown: shownIn(contract, recorder.sent),
    },
  };
}

function refuseWithoutBalance(journeys: readonly Journey[], baseUrl: string): void {
  const poor = journeys.find(({ probe, submit, operation }) => {
    const stated = operation.task.errors.kinds.paymentRequired?.status ?? 402;
    return probe === 'baseline' && submit.status === stated;
  });
  if (poor !== undefined)
    throw new NotJudgedError(
      `${baseUrl} answers the plainest request with ${poor.submit.status}: this account has no balance, so tasks cannot be judged. Depth free needs none.`,
    );
}
