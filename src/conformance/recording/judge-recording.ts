import type { Contract } from '../../contract/contract.js';
import type { CheckReport } from '../../core/check-report.js';
import { NotJudgedError, UsageError } from '../../core/errors.js';
import type { Severity } from '../../core/facts.js';
import { reportOf } from '../run-check.js';
import { chooseChecks } from '../selection.js';
import { understand } from './foreign-traffic.js';
import { rebuildEvidence } from './rebuild-evidence.js';
import type { Recording } from './recording.js';
import { recordingRedactor, withoutSecrets } from './redact-recording.js';

export interface RecordingOptions {
  readonly contract: Contract;
  readonly recording: Recording;
  /** Ids of checks. */
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly failOn?: Severity;
  /** Of this tool, for the report. */
  readonly version: string;
}

function originOf({ target, exchanges }: Recording): string {
  const url = exchanges.find(({ operation }) => operation !== undefined)?.request.url ?? '';
  return target ?? (URL.canParse(url) ? new URL(url).origin : '');
}

function moment(iso: string | undefined, all: readonly number[], pick: (...values: number[]) => number): number {
  return iso === undefined ? all.reduce((one, other) => pick(one, other), all[0] ?? 0) : Date.parse(iso);
}

/**
 * Judges a recording by today's checks; nothing is sent. Throws a `UsageError` where the recording was made of another
 * vendor and a `NotJudgedError` where it holds no request to this one.
 */
export function judgeRecording({ contract, recording, version, ...options }: RecordingOptions): CheckReport {
  if (recording.vendor !== undefined && recording.vendor !== contract.id)
    throw new UsageError(`${recording.file} is a recording of ${recording.vendor}, not of ${contract.id}`);
  const checks = chooseChecks(options);
  const redact = recordingRedactor(recording);
  const understood = understand(contract, withoutSecrets(recording, redact));
  if (!understood.exchanges.some(({ operation }) => operation !== undefined))
    throw new NotJudgedError(
      `${recording.file} holds ${recording.exchanges.length} requests, but none to ${contract.operations.map(({ method, path }) => `${method} ${path}`).join(', ')}`,
    );
  const { evidence, callbacks, notKept } = rebuildEvidence(contract, understood);
  const reasons = [
    ...(recording.stopped === undefined ? [] : [`the recorded run ended early: ${recording.stopped}`]),
    ...(notKept === 0 ? [] : [`${notKept} answers were too long to be recorded and are not judged`]),
  ];
  return reportOf(
    {
      contract,
      version,
      baseUrl: originOf(understood),
      seed: recording.seed ?? 0,
      depth: evidence.depth,
      exchanges: understood.exchanges,
      startedAt: moment(
        recording.startedAt,
        understood.exchanges.map((one) => one.startedAt),
        Math.min,
      ),
      finishedAt: moment(
        recording.finishedAt,
        understood.exchanges.map((one) => one.finishedAt),
        Math.max,
      ),
      ...(options.failOn === undefined ? {} : { failOn: options.failOn }),
    },
    { evidence, callbacks, redact, ...(reasons.length === 0 ? {} : { stopped: reasons.join('; ') }) },
    { checks },
  );
}
