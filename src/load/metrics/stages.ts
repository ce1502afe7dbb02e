import type { LoadStage } from '../../core/load-report.js';
import { createLatencyRecorder, type LatencyState } from '../latency-recorder.js';
import type { LoadSample } from '../load-sample.js';

/** A part of a run that has figures of its own, in milliseconds from its start. */
export interface StageWindow {
  readonly name: string;
  readonly fromMs: number;
  /** Infinite for the last one. */
  readonly untilMs: number;
}

type Started = Extract<LoadSample, { type: 'started' }>;
type Sent = Extract<LoadSample, { type: 'submit' | 'poll' }>;
type Ended = Extract<LoadSample, { type: 'ended' }>;

interface StageState {
  readonly submit: LatencyState;
  readonly poll: LatencyState;
  readonly detect: LatencyState;
  readonly started: number;
  readonly ended: number;
}

/** All stages, and the last moment of which something is known, in milliseconds from the start. */
export interface StagesState {
  readonly stages: readonly StageState[];
  readonly last: number;
}

function createStage({ name, fromMs, untilMs }: StageWindow) {
  const submit = createLatencyRecorder();
  const poll = createLatencyRecorder();
  const detect = createLatencyRecorder();
  let started = 0;
  let ended = 0;
  return {
    untilMs,
    submit,
    poll,
    detect,
    started: () => {
      started += 1;
    },
    ended: () => {
      ended += 1;
    },
    state: (): StageState => ({
      submit: submit.state(),
      poll: poll.state(),
      detect: detect.state(),
      started,
      ended,
    }),
    merge(other: StageState) {
      submit.merge(other.submit);
      poll.merge(other.poll);
      detect.merge(other.detect);
      started += other.started;
      ended += other.ended;
    },
    figures: (lastMs: number): LoadStage => {
      const until = Math.max(fromMs, Math.min(untilMs, lastMs));
      const perSecond = (count: number) => (until > fromMs ? (count * 1000) / (until - fromMs) : 0);
      return {
        name,
        fromMs,
        untilMs: until,
        startedPerSecond: perSecond(started),
        endedPerSecond: perSecond(ended),
        pollsPerSecond: perSecond(poll.count),
        latencyMs: { submit: submit.summary(), poll: poll.summary() },
        timeToDetectMs: detect.count === 0 ? null : detect.summary(),
      };
    },
  };
}

/** Throughput and latency of each stage of a run; a request belongs to the stage in which it was planned. */
export function createStages(windows: readonly StageWindow[], startedAt: number) {
  const stages = windows.map(createStage);
  let last = 0;
  const stageOf = (at: number) => {
    const ms = at - startedAt;
    if (ms > last) last = ms;
    for (const stage of stages) if (ms < stage.untilMs) return stage;
    return stages.at(-1);
  };
  return {
    started: ({ at }: Started) => stageOf(at)?.started(),
    sent({ type, plannedAt, finishedAt }: Sent) {
      stageOf(plannedAt)?.[type].add(finishedAt - plannedAt);
    },
    ended({ outcome, at, readyAt }: Ended) {
      if (outcome === 'live') return;
      const stage = stageOf(at);
      stage?.ended();
      if (outcome !== 'abandoned' && readyAt !== undefined) stage?.detect.add(at - readyAt);
    },
    state: (): StagesState => ({ stages: stages.map((stage) => stage.state()), last }),
    merge(other: StagesState) {
      stages.forEach((stage, index) => {
        const more = other.stages[index];
        if (more !== undefined) stage.merge(more);
      });
      last = Math.max(last, other.last);
    },
    figures: (): LoadStage[] => stages.map((stage) => stage.figures(last)),
  };
}
