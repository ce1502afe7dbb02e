import type { CallbackRecord, JourneyRecord, ProbeReport } from '../../core/check-report.js';
import { UsageError } from '../../core/errors.js';
import type { Exchange } from '../../core/exchange.js';
import { readHar } from './read-har.js';
import type { Recording } from './recording.js';
import { harSchema, reportSchema } from './schema.js';

const mostProblems = 5;

interface Problem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

function refuse(file: string, what: string, problems: readonly Problem[]): never {
  const lines = problems
    .slice(0, mostProblems)
    .map(({ path, message }) => `  /${path.map(String).join('/')}: ${message}`);
  throw new UsageError(`${file} is no ${what} that can be judged:\n${lines.join('\n')}`);
}

function parsed(file: string, text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${(error as Error).message}`);
  }
  throw new UsageError(
    `${file} holds no JSON object: --from takes a JSON report of check or an HTTP Archive (HAR 1.2)`,
  );
}

/** A report of `check` or an HTTP Archive as a recording. Throws a `UsageError` that names the places which are wrong. */
export function readRecording(file: string, text: string): Recording {
  const value = parsed(file, text);
  if ('log' in value) {
    const har = harSchema.safeParse(value);
    return har.success ? readHar(file, har.data) : refuse(file, 'HTTP Archive (HAR 1.2)', har.error.issues);
  }
  if (value['kind'] !== 'check')
    throw new UsageError(
      `${file} is a ${JSON.stringify(value['kind'] ?? 'file of unknown kind')}: --from takes a JSON report of check or an HTTP Archive (HAR 1.2)`,
    );
  const report = reportSchema.safeParse(value);
  if (!report.success) return refuse(file, 'report of check', report.error.issues);
  const { summary, exchanges, journeys, callbacks, probes, vendor, target, seed, startedAt, finishedAt } = report.data;
  return {
    file,
    ...{ vendor, target, seed, startedAt, finishedAt },
    depth: summary.depth,
    ...(summary.stopped === undefined ? {} : { stopped: summary.stopped }),
    exchanges: exchanges as readonly Exchange[],
    ...(journeys === undefined ? {} : { journeys: journeys as readonly JourneyRecord[] }),
    ...(callbacks === undefined ? {} : { callbacks: callbacks as readonly CallbackRecord[] }),
    ...(probes === undefined ? {} : { probes: probes as readonly ProbeReport[] }),
  };
}
