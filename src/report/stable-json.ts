/** The order in which a report's own keys are read best; keys not listed follow in alphabetical order. */
const reading = [
  ...['schemaVersion', 'kind', 'tool', 'name', 'version', 'vendor', 'target', 'seed', 'startedAt', 'finishedAt'],
  ...['id', 'title', 'check', 'severity', 'ledger', 'verdict', 'reason', 'observations', 'operation', 'message'],
  ...['pointer', 'summary', 'depth', 'requests', 'tasks', 'images', 'checks', 'findings', 'evidence', 'exchanges'],
  ...['expected', 'observed', 'curl', 'stopped', 'pass', 'fail', 'inconclusive', 'skipped', 'error', 'warning', 'note'],
  ...[
    'probe',
    'request',
    'answer',
    'failure',
    'method',
    'url',
    'status',
    'headers',
    'body',
    'bytes',
    'sha256',
    'image',
  ],
  ...['started', 'succeeded', 'failed', 'cancelled', 'abandoned', 'live', 'polls', 'total', 'wasted', 'perTask'],
  ...['latencyMs', 'submit', 'poll', 'count', 'mean', 'p50', 'p90', 'p95', 'p99', 'p999', 'max', 'timeToDetectMs'],
  ...['area', 'before', 'after', 'drifts', 'notCompared'],
  ...['generator', 'thresholds', 'expression', 'ok', 'errors', 'saturation'],
];
const rank = new Map(reading.map((key, index) => [key, index]));

/** Characters that JSON allows as they are and that still act when the file is shown on a terminal. */
const treacherous = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;

function compareKeys(a: string, b: string): number {
  const byRank = (rank.get(a) ?? reading.length) - (rank.get(b) ?? reading.length);
  return byRank !== 0 ? byRank : a < b ? -1 : 1;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  // fromEntries keeps a header called `__proto__` as what it is.
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => compareKeys(a, b))
      .map(([key, member]) => [key, sorted(member)]),
  );
}

function asciiEscape(character: string): string {
  return Array.from({ length: character.length }, (_, unit) => character.charCodeAt(unit))
    .map((code) => `\\u${code.toString(16).padStart(4, '0')}`)
    .join('');
}

/** The same value gives the same text, whatever the order in which its keys were set. */
export function stableJson(value: unknown): string {
  return `${JSON.stringify(sorted(value), null, 2).replace(treacherous, asciiEscape)}\n`;
}
