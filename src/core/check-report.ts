import type { Exchange, ImageFacts } from './exchange.js';
import type { Severity } from './facts.js';

/** One violation with what a reader needs to act on it. */
export interface Finding {
  /** Id of the check. */
  readonly check: string;
  readonly severity: Severity;
  /** Ids of the facts that are broken. */
  readonly ledger: readonly string[];
  /** `POST /v1/images/generations`, or the URL of a result. */
  readonly operation: string;
  readonly message: string;
  /** JSON pointer into the request or answer body that shows it; empty for the whole answer. */
  readonly pointer: string;
  readonly evidence: {
    /** Ids of the exchanges that show it, in order. */
    readonly exchanges: readonly string[];
    readonly expected?: string;
    readonly observed?: string;
  };
  /** A command that sends the decisive request again; the key is an environment variable. */
  readonly curl: string;
  /** Whether an earlier report has it, too; absent where none was given. */
  readonly baseline?: 'new' | 'known';
}

export type CheckVerdict = 'pass' | 'fail' | 'inconclusive' | 'skipped';

export interface CheckOutcome {
  readonly id: string;
  readonly title: string;
  /** Ids of the facts that the check covers for this vendor. */
  readonly ledger: readonly string[];
  /** Codes of the public list of faults that a violation falls under, see `faultTaxonomy`; absent where it has none. */
  readonly codes?: readonly string[];
  readonly verdict: CheckVerdict;
  /** Why it was skipped or stayed inconclusive. */
  readonly reason?: string;
  /** How many observations were judged. */
  readonly observations: number;
}

/** What one probe did. */
export interface ProbeReport {
  readonly id: string;
  readonly title: string;
  readonly verdict: 'ran' | 'skipped' | 'stopped';
  /** Why it was skipped or stopped. */
  readonly reason?: string;
  /** What it left out, and why. */
  readonly notes: readonly string[];
  readonly requests: number;
}

/** One delivered image, as far as it was fetched or decoded. */
export interface ResultRecord {
  /** The URL as delivered; `inline` where the answer itself held the image. */
  readonly where: string;
  readonly bytes: number;
  readonly contentType?: string;
  readonly image?: ImageFacts;
  /** Why no image came of it. */
  readonly problem?: string;
  /** True where it was not asked for. */
  readonly notFetched?: boolean;
}

/** How long a task was told to take, and took. */
export interface TaskEstimate {
  readonly toldSeconds: number;
  readonly tookSeconds: number;
}

/** How good a vendor's estimates were, over the tasks that succeeded; an estimate is no promise, so this is no finding. */
export interface EstimateFigures {
  readonly tasks: number;
  /** Medians. */
  readonly toldSeconds: number;
  readonly tookSeconds: number;
  /** By how much they were off, either way: the median, and the most. */
  readonly offSeconds: number;
  readonly worstOffSeconds: number;
  /** Tasks that took longer than they were told to. */
  readonly tooShort: number;
}

/** All exchanges of one task, by their ids. */
export interface JourneyRecord {
  readonly probe: string;
  /** operationId of the submit. */
  readonly operation: string;
  readonly taskId?: string;
  /** `terminal`, `timeout`, `refused`, … */
  readonly end: string;
  readonly submit: string;
  /** In the order of asking, those after the terminal answer included. */
  readonly polls: readonly string[];
  /** Polls sent at the same moment, right after the submit and after the end. */
  readonly pollsAtOnce: { readonly first: readonly string[]; readonly last: readonly string[] };
  /** Downloads by result, each with its redirects. */
  readonly downloads: readonly (readonly string[])[];
  /** What came of each result, in the order of `downloads`. */
  readonly results: readonly ResultRecord[];
  /** The request body as a value, where the request itself is no JSON. */
  readonly fields?: unknown;
  /** Where the account's balance was read around it. */
  readonly balances?: { readonly before: readonly string[]; readonly after: readonly string[] };
  /** Ids of the calls that came back for it. */
  readonly callbacks?: readonly string[];
  /** What the task cost and what was held back for it, as answers told last, in the vendor's unit. */
  readonly cost?: number;
  readonly reserved?: number;
  /** What left the account around it, where its balance was read; elsewhere than on this machine others may have, too. */
  readonly taken?: number;
  /** Where the vendor said how long it would take. */
  readonly estimate?: TaskEstimate;
  /** The moments at which a phase was first seen, in order. */
  readonly phases: readonly { readonly phase: string; readonly word?: string; readonly at: number }[];
}

/** One call to the callback receiver. */
export interface CallbackRecord {
  /** `c1`, `c2`, … in the order of arrival. */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Text up to 64 KiB. */
  readonly body?: string;
  /** Unix milliseconds. */
  readonly receivedAt: number;
  /** The status that the receiver gave. */
  readonly answered: number;
}

/** How far one constraint of the contract was exercised. */
export interface KeywordCoverage {
  readonly operation: string;
  /** `request` or the status of an answer. */
  readonly part: string;
  /** Where in that part; absent for its body. */
  readonly in?: 'path' | 'query' | 'header';
  /** JSON pointer to the keyword in the contract document. */
  readonly schema: string;
  /** JSON pointer into the body, `*` for any entry of a list; `/` and the name of a parameter or header. */
  readonly pointer: string;
  readonly keyword: string;
  readonly facts: readonly string[];
  /** Bodies that kept it. */
  readonly kept: number;
  /** Bodies that broke it. */
  readonly broken: number;
  /** Why it was not exercised on one side or on both. */
  readonly reason?: string;
}

/** Another reading of the contract that the target follows. */
export interface DialectSeen {
  readonly id: string;
  readonly title: string;
  /** Ids of the exchanges that show it. */
  readonly exchanges: readonly string[];
}

/** One exchange on which another judge and the contract's own validators differ. */
export interface OracleDisagreement {
  readonly exchange: string;
  readonly operation: string;
  readonly side: 'request' | 'answer';
  /** What we have against it; empty where nothing. */
  readonly ours: readonly string[];
  /** What the other judge has against it; empty where nothing. */
  readonly theirs: readonly string[];
}

/** The verdicts of another judge beside ours. They never change a verdict of the report. */
export interface OracleReport {
  readonly name: string;
  readonly version: string;
  /** Requests and answers that both have judged. */
  readonly judged: number;
  readonly agreed: number;
  readonly disagreements: readonly OracleDisagreement[];
  /** Why something was not shown to it, with how often. */
  readonly notJudged: Readonly<Record<string, number>>;
}

/** What became of the findings of an earlier report. */
export interface BaselineComparison {
  /** When the earlier report was made, ISO 8601. */
  readonly startedAt: string;
  readonly new: number;
  readonly known: number;
  /** Findings that are no more, although their check judged. */
  readonly gone: readonly Pick<Finding, 'check' | 'severity' | 'operation' | 'pointer' | 'message'>[];
  /** Findings whose check said nothing this time. */
  readonly notJudged: number;
}

export type ReportVerdict = 'conformant' | 'violations' | 'inconclusive';

/** The result of `proofsheet check`; the JSON report is exactly this. */
export interface CheckReport {
  readonly schemaVersion: 1;
  readonly kind: 'check';
  readonly tool: { readonly name: 'proofsheet'; readonly version: string };
  readonly vendor: string;
  readonly target: string;
  readonly seed: number;
  /** ISO 8601. */
  readonly startedAt: string;
  /** ISO 8601. */
  readonly finishedAt: string;
  readonly verdict: ReportVerdict;
  readonly summary: {
    readonly depth: string;
    readonly requests: number;
    readonly tasks: number;
    readonly images: number;
    readonly checks: Readonly<Record<CheckVerdict, number>>;
    readonly findings: Readonly<Record<Severity, number>>;
    /** Why the run ended early, if it did. */
    readonly stopped?: string;
  };
  readonly checks: readonly CheckOutcome[];
  /** Absent where recorded traffic was judged and nothing was sent. */
  readonly probes?: readonly ProbeReport[];
  readonly findings: readonly Finding[];
  /** How the findings compare with those of an earlier report, where one was given. */
  readonly baseline?: BaselineComparison;
  readonly journeys?: readonly JourneyRecord[];
  readonly callbacks?: readonly CallbackRecord[];
  /** Absent where no task that succeeded had an estimate. */
  readonly estimates?: EstimateFigures;
  readonly coverage?: readonly KeywordCoverage[];
  readonly dialects?: readonly DialectSeen[];
  readonly oracle?: OracleReport;
  readonly exchanges: readonly Exchange[];
}
