import type { ErrorKind } from '../contract/async-task.js';
import type { Contract, SubmitOperation } from '../contract/contract.js';
import type { Operation } from '../contract/operations.js';
import type { ProbeReport } from '../core/check-report.js';
import type { Exchange, ImageFacts } from '../core/exchange.js';
import type { TaskView } from '../core/task.js';
import type { WatchedBalance } from './balance.js';
import type { CallbackSeen } from './callback-desk.js';
import type { ServerEvent } from './events.js';
import type { Expectations } from './expectations.js';

/** Whose key a request carried. */
export type Credential = 'key' | 'other' | 'poor' | 'none' | 'unknown' | 'malformed';

/** What kind of request it is; checks pick what they judge by it. */
export type Case =
  | 'reachability'
  | 'valid'
  | 'open'
  | 'explored'
  | 'clamped'
  | 'failing'
  | 'poll'
  | 'result'
  | 'missing-key'
  | 'malformed-key'
  | 'unknown-key'
  | 'broken-constraint'
  | 'malformed-json'
  | 'unknown-task'
  | 'foreign-task'
  | 'poor-account'
  | 'callback'
  | 'private-callback'
  | 'balance'
  | 'burst'
  | 'after-burst'
  | 'repeated'
  | 'reused-key'
  | 'hung-up'
  | 'other-language'
  | 'unknown-path'
  | 'wrong-method';

/** Why a request was sent: the probe's side of the bargain, stated before the answer is known. */
export interface Purpose {
  readonly case: Case;
  /** In words that complete "a request …": `without a key`, `whose /prompt is missing`. */
  readonly what: string;
  /** Facts that an answer of the wrong sort would break. */
  readonly facts: readonly string[];
  /** JSON pointer into the request body that matters. */
  readonly pointer?: string;
  /** A command that draws a random request again. */
  readonly again?: string;
  /** The kinds of error that are a right answer; absent where the request is legal. */
  readonly refusal?: readonly ErrorKind[];
}

/** One request and what came of it, as checks see it: the recorded exchange and the body in full. */
export interface Sent {
  readonly exchange: Exchange;
  readonly purpose: Purpose;
  readonly operation?: Operation;
  readonly credential: Credential;
  /** Absent when no answer came. */
  readonly status?: number;
  /** The request body as a value, where it went out as a form. */
  readonly fields?: unknown;
  /** The parsed answer; undefined where it is not JSON. */
  readonly json?: unknown;
  /** The events of an answer that is a stream. */
  readonly events?: readonly ServerEvent[];
}

/** One answer about a task. */
export interface Observation {
  readonly sent: Sent;
  readonly view: TaskView;
  /** Unix milliseconds of the answer. */
  readonly at: number;
}

/** One delivered image, fetched or decoded. */
export interface ResultObservation {
  readonly index: number;
  /** The URL as delivered; `inline` where the answer itself held the image. */
  readonly where: string;
  /** The downloads: redirects, then the file. Empty for an inline image. */
  readonly fetched: readonly Sent[];
  readonly contentType?: string;
  readonly bytes: number;
  /** Of the whole file. */
  readonly sha256?: string;
  readonly image?: ImageFacts;
  /** Why no image came of it. */
  readonly problem?: string;
  /** True where the runner chose not to fetch it. */
  readonly notFetched?: boolean;
}

export type JourneyEnd = 'terminal' | 'timeout' | 'refused' | 'unanswered' | 'without-id' | 'unreadable';

/** All that was seen of one task. */
export interface Journey {
  readonly probe: string;
  readonly operation: SubmitOperation;
  /** The request body as a value. */
  readonly body: unknown;
  readonly expects: Expectations;
  readonly submit: Sent;
  /** What the submit's answer says. */
  readonly view: TaskView;
  /** In the order of asking; those after the terminal answer included. */
  readonly polls: readonly Observation[];
  /** Polls that were sent at the same moment, right after the submit and after the end; in no order. */
  readonly atOnce: { readonly first: readonly Observation[]; readonly last: readonly Observation[] };
  readonly results: readonly ResultObservation[];
  readonly end: JourneyEnd;
  /** Calls about it to a receiver of ours; absent where it named none. */
  readonly calls?: readonly CallbackSeen[];
  /** What the account had before and after, where the task had it for itself. */
  readonly balance?: WatchedBalance;
}

/** Everything that a run saw; all that a check may look at. */
export interface Evidence {
  readonly contract: Contract;
  readonly depth: string;
  readonly sent: readonly Sent[];
  readonly journeys: readonly Journey[];
  readonly probes: ReadonlyMap<string, ProbeReport>;
  /** The secret with which the vendor signs its calls, where it was told. */
  readonly callbackSecret?: string;
  /** Whether the server has shown that it serves an operation. */
  isShown(operation: Operation | undefined): boolean;
}
