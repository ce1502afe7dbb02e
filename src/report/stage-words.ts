import type { LoadReport } from '../core/load-report.js';
import { figure } from './report-words.js';

/** What the figures of a stage are, in every report. */
export const stageColumns = ['from s', 'to s', 'started/s', 'ended/s', 'polls/s', 'poll p99', 'detect mean'] as const;

/** A row for each stage of the run, its name first; nothing for a run without stages. */
export function stageRows({ stages = [] }: Pick<LoadReport, 'stages'>): string[][] {
  return stages.map((stage) => [
    stage.name,
    figure(stage.fromMs / 1000),
    figure(stage.untilMs / 1000),
    figure(stage.startedPerSecond),
    figure(stage.endedPerSecond),
    figure(stage.pollsPerSecond),
    figure(stage.latencyMs.poll.p99),
    stage.timeToDetectMs === null ? '-' : figure(stage.timeToDetectMs.mean),
  ]);
}
