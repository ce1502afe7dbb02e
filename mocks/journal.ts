/** What a mock was asked: one line per request, in a ring that never grows. */
export interface JournalEntry {
  /** Counts from 1 and never repeats, also after older entries were forgotten. */
  readonly id: number;
  /** Unix milliseconds. */
  readonly at: number;
  readonly vendor: string;
  /** operationId; absent for files and for what no operation serves. */
  readonly operation?: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly taskId?: string;
  readonly durationMs: number;
}

export interface JournalQuery {
  readonly vendor?: string;
  readonly operation?: string;
  readonly method?: string;
  /** The whole path, or with a `*` at its end its beginning. */
  readonly path?: string;
  readonly status?: number;
  readonly taskId?: string;
  /** Unix milliseconds, included. */
  readonly since?: number;
  /** Entries with a larger id. */
  readonly after?: number;
}

export interface Journal {
  record(
    at: number,
    vendor: string,
    operation: string | undefined,
    method: string,
    path: string,
    status: number,
    taskId: string | undefined,
    durationMs: number,
  ): void;
  /** Matching entries, the oldest first; keys are blotted out. */
  list(query?: JournalQuery): JournalEntry[];
  count(query?: JournalQuery): number;
  clear(): void;
}

const defaultJournalSize = 1000;

/** Longer paths are cut, so that the ring is bounded in bytes as well. */
const mostPath = 512;

/** Anything that looks like a key, wherever it stands in a path. */
const keyLike = /\b(?:sk|pk|key|whsec)[-_][\w.-]{4,}/gi;

function matches(entry: JournalEntry, query: JournalQuery): boolean {
  const { path, since, after } = query;
  if (path?.endsWith('*') ? !entry.path.startsWith(path.slice(0, -1)) : path !== undefined && path !== entry.path)
    return false;
  return (
    (query.vendor === undefined || query.vendor === entry.vendor) &&
    (query.operation === undefined || query.operation === entry.operation) &&
    (query.method === undefined || query.method.toUpperCase() === entry.method) &&
    (query.status === undefined || query.status === entry.status) &&
    (query.taskId === undefined || query.taskId === entry.taskId) &&
    (since === undefined || entry.at >= since) &&
    (after === undefined || entry.id > after)
  );
}

/**
 * Recording happens on every request, so it stores references and numbers into columns that exist already; reading makes
 * the entries. The columns are made at the first request: a namespace that nobody uses costs nothing.
 */
export function createJournal(size = defaultJournalSize, isKey: (text: string) => boolean = () => false): Journal {
  const texts = 5;
  let numbers = new Float64Array(0);
  let statuses = new Uint16Array(0);
  let columns: (string | undefined)[] = [];
  let next = 1;
  let oldest = 1;

  const redact = (text: string) =>
    text
      .split('/')
      .map((part) => (isKey(part) ? '***' : part.replace(keyLike, '***')))
      .join('/');

  const entryAt = (id: number): JournalEntry => {
    const slot = id % size;
    const [vendor, operation, method, path, taskId] = columns.slice(slot * texts, slot * texts + texts);
    return {
      id,
      at: numbers[slot * 2] ?? 0,
      vendor: vendor ?? '',
      ...(operation === undefined ? {} : { operation }),
      method: method ?? '',
      path: redact(path ?? ''),
      status: statuses[slot] ?? 0,
      ...(taskId === undefined ? {} : { taskId: redact(taskId) }),
      durationMs: numbers[slot * 2 + 1] ?? 0,
    };
  };

  const list = (query: JournalQuery = {}) => {
    const found: JournalEntry[] = [];
    for (let id = oldest; id < next; id += 1) {
      const entry = entryAt(id);
      if (matches(entry, query)) found.push(entry);
    }
    return found;
  };

  return {
    record(at, vendor, operation, method, path, status, taskId, durationMs) {
      if (columns.length === 0) {
        numbers = new Float64Array(size * 2);
        statuses = new Uint16Array(size);
        columns = new Array<string | undefined>(size * texts).fill(undefined);
      }
      const slot = next % size;
      numbers[slot * 2] = at;
      numbers[slot * 2 + 1] = durationMs;
      statuses[slot] = status;
      const text = slot * texts;
      columns[text] = vendor;
      columns[text + 1] = operation;
      columns[text + 2] = method;
      // A plain slice would keep the long text alive.
      columns[text + 3] = path.length > mostPath ? Buffer.from(path.slice(0, mostPath)).toString() : path;
      columns[text + 4] = taskId !== undefined && taskId.length > mostPath ? taskId.slice(0, mostPath) : taskId;
      next += 1;
      if (next - oldest > size) oldest = next - size;
    },
    list,
    count: (query) => (query === undefined ? next - oldest : list(query).length),
    clear() {
      oldest = next;
      columns.fill(undefined);
    },
  };
}
