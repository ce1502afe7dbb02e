import type { Severity } from './facts.js';

/** What of an API has drifted. */
export const driftAreas = ['shape', 'words', 'codes', 'timing', 'price', 'findings', 'dialects'] as const;
export type DriftArea = (typeof driftAreas)[number];

/** One difference between two reports. */
export interface Drift {
  readonly area: DriftArea;
  /** `error` breaks clients that worked before, `warning` can break some or costs more, `note` is to be known. */
  readonly severity: Severity;
  /** operationId, or what else it is about. */
  readonly operation: string;
  /** JSON pointer into an answer, `*` for any entry of a list. */
  readonly pointer?: string;
  readonly message: string;
  readonly before?: string;
  readonly after?: string;
}

/** One of the two runs that are compared. */
export interface ComparedRun {
  readonly target: string;
  readonly startedAt: string;
  readonly depth: string;
  readonly seed: number;
  readonly requests: number;
  readonly tasks: number;
}

/** The result of `proofsheet diff`; the JSON report is exactly this. */
export interface DiffReport {
  readonly schemaVersion: 1;
  readonly kind: 'diff';
  readonly tool: { readonly name: 'proofsheet'; readonly version: string };
  readonly vendor: string;
  readonly before: ComparedRun;
  readonly after: ComparedRun;
  /** `breaking` where a drift is an error, `drift` where there is any other. */
  readonly verdict: 'same' | 'drift' | 'breaking';
  readonly summary: Readonly<Record<Severity, number>>;
  readonly drifts: readonly Drift[];
  /** What only one of the runs has seen, and why else something was not compared. */
  readonly notCompared: readonly string[];
}
