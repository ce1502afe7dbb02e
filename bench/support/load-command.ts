import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LoadReport } from '../../src/core/load-report.js';
import { runNode } from './processes.js';

const COMMAND = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

/** What `proofsheet load` managed once all of its tasks were there. */
export interface Paced {
  /** Polls. */
  readonly perSecond: number;
  /** Processor time of the whole process, for each poll. */
  readonly cpuMicros: number;
  /** Tasks that were started before; the server ends none. */
  readonly inFlight: number;
  /** Polls that left more than 10 ms after their time, 0 to 1. */
  readonly lateShare: number;
  readonly p50: number;
  readonly p99: number;
  readonly errors: number;
}

export interface Pace {
  readonly origin: string;
  readonly pollsPerSecond: number;
  readonly tasks: number;
  /** All tasks are started during the ramp, which is in no figure; then they are only polled. */
  readonly rampSeconds: number;
  readonly seconds: number;
}

/** Runs the built command, as users have it, on a core of its own. */
export async function runLoadCommand(core: number, pace: Pace): Promise<Paced> {
  const { origin, pollsPerSecond, tasks, rampSeconds, seconds } = pace;
  const intervalMs = (tasks * 1000) / pollsPerSecond;
  // Tasks that arrive evenly over whole intervals are polled evenly, too; else every interval has its own rush hour.
  const rampMs = intervalMs * Math.max(1, Math.round((rampSeconds * 1000) / intervalMs));
  const folder = mkdtempSync(join(tmpdir(), 'proofsheet-bench-'));
  const file = join(folder, 'report.json');
  try {
    await runNode(core, [
      ...[COMMAND, 'load', 'gptimage15', '--base-url', origin, '--api-key', 'sk-bench', '--report', `json=${file}`],
      ...['--tasks', String(tasks), '--rate', String((tasks * 1000) / rampMs), '--policy', `fixed:${intervalMs}ms`],
      ...['--warm-up', `${Math.round(rampMs)}ms`, '--duration', `${Math.round(rampMs + seconds * 1000)}ms`],
    ]);
    const { polls, generator, latencyMs, warmUp, errors, partial } = JSON.parse(
      readFileSync(file, 'utf8'),
    ) as LoadReport;
    if (partial !== undefined) throw new Error(`the load ended early: ${partial}`);
    return {
      perSecond: polls.total / seconds,
      cpuMicros: (generator.cpuShare * seconds * 1e6) / polls.total,
      inFlight: warmUp?.tasks ?? 0,
      lateShare: polls.total === 0 ? 1 : generator.lateStarts / polls.total,
      p50: latencyMs.poll.p50,
      p99: latencyMs.poll.p99,
      errors: Object.values(errors).reduce((sum, count) => sum + count, 0),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
