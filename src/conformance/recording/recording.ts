import type { CallbackRecord, JourneyRecord, ProbeReport } from '../../core/check-report.js';
import type { Exchange } from '../../core/exchange.js';

/** Traffic that was recorded earlier, by ourselves or by somebody else. */
export interface Recording {
  /** Where it was read, for messages. */
  readonly file: string;
  /** The vendor that the recorder believed in; absent in traffic of others. */
  readonly vendor?: string;
  readonly target?: string;
  readonly seed?: number;
  readonly depth?: string;
  /** ISO 8601. */
  readonly startedAt?: string;
  /** ISO 8601. */
  readonly finishedAt?: string;
  readonly stopped?: string;
  readonly exchanges: readonly Exchange[];
  /** Absent where the recorder knew nothing of tasks. */
  readonly journeys?: readonly JourneyRecord[];
  readonly callbacks?: readonly CallbackRecord[];
  readonly probes?: readonly ProbeReport[];
}
