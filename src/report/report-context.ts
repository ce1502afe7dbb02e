import type { Finding } from '../core/check-report.js';
import type { Mark } from '../core/facts.js';

/** A line of a file, as an editor or a code host can open it. */
export interface FilePlace {
  /** Relative to the current folder where the file lies in it, else to the package. */
  readonly path: string;
  readonly within: 'folder' | 'package';
  /** Counted from 1. */
  readonly line: number;
}

/** What a report does not hold and a format can show; a reporter does without whatever is missing. */
export interface ReportContext {
  /** Who is hurt by a server that a check of this id accuses. */
  readonly rationale?: (check: string) => string | undefined;
  readonly fact?: (id: string) => { readonly mark: Mark; readonly says: string } | undefined;
  /** Where the contract states what a finding breaks. */
  readonly place?: (finding: Finding) => FilePlace | undefined;
  /** With which code the process will end. */
  readonly exitCode?: number;
}

/** A report as text. */
export type Reporter<Report> = (report: Report, context?: ReportContext) => string;
