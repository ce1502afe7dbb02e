import type { ProcessHealth } from '../../platform/process-health.js';
import type { Look } from '../observe-run.js';
import type { RunLoadOptions } from '../run-load-options.js';
import type { Share } from './share.js';

/** What of a run's options is plain data. */
export type SharedOptions = Pick<
  RunLoadOptions,
  | 'apiKey'
  | 'baseUrl'
  | 'allowRemote'
  | 'tasks'
  | 'maxTasks'
  | 'durationMs'
  | 'rate'
  | 'mostPerSecond'
  | 'seed'
  | 'timeoutMs'
  | 'warmUpMs'
  | 'giveUpAfterMs'
  | 'body'
  | 'stages'
>;

/** Everything that a worker is told when it is started, but contract, policy and arrivals, which it reads itself. */
export interface ShareOrder {
  readonly share: Share;
  readonly options: SharedOptions;
  /** Milliseconds from the start to each start of a task of the whole run, where they end by themselves. */
  readonly moments?: Float64Array;
}

export type ToWorker =
  /** The moment is the same for all, so that their figures fit together. Unix milliseconds. */
  { readonly type: 'start'; readonly at: number } | { readonly type: 'stop' };

export type FromWorker =
  | { readonly type: 'ready' }
  /** Once a second, what has happened since the last. */
  | { readonly type: 'look'; readonly look: Look }
  | {
      readonly type: 'end';
      readonly look: Look;
      /** Requests that should have left by then and had not. */
      readonly overdue: number;
      readonly health: ProcessHealth;
      readonly warmUpTasks: number;
    };
