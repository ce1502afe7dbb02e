import type { CheckReport } from '../../core/check-report.js';
import type { Drift } from '../../core/drift-report.js';
import type { Exchange } from '../../core/exchange.js';
import type { Severity } from '../../core/facts.js';
import { parsed } from './answers.js';

/** Members of an error that programs go by. */
const codeName = /^(?:[a-z_]*_)?(?:code|type)$/i;
const longestCode = 80;
const deepest = 5;

interface Asked {
  readonly operation: string;
  readonly what: string;
  readonly isLegal: boolean;
  readonly statuses: Set<number>;
}

/** What was answered to each kind of request. A rate limit depends on the hour and is left out. */
function askedIn({ exchanges }: CheckReport): ReadonlyMap<string, Asked> {
  const found = new Map<string, Asked>();
  for (const { operation = '', purpose, credential, answer } of exchanges) {
    if (purpose === undefined || answer === undefined || answer.status === 429) continue;
    const key = JSON.stringify([operation, purpose.case, purpose.what, credential]);
    const one = found.get(key) ?? {
      operation: operation === '' ? 'other requests' : operation,
      what: purpose.what,
      isLegal: purpose.refusal === undefined,
      statuses: new Set(),
    };
    one.statuses.add(answer.status);
    found.set(key, one);
  }
  return found;
}

const isGood = (status: number) => status >= 200 && status < 300;

function gravity({ isLegal }: Asked, was: ReadonlySet<number>, fresh: readonly number[]): Severity {
  if (fresh.some((status) => status >= 500)) return 'error';
  return isLegal && [...was].every(isGood) && fresh.some((status) => !isGood(status)) ? 'error' : 'warning';
}

/** Requests that are answered with another status than before; many of the same kind are one line. */
export function statusDrift(before: CheckReport, after: CheckReport): Drift[] {
  const old = askedIn(before);
  const lines = new Map<string, { drift: Drift; count: number }>();
  for (const [key, asked] of askedIn(after)) {
    const was = old.get(key)?.statuses;
    const fresh = [...asked.statuses].filter((status) => was?.has(status) === false);
    if (was === undefined || fresh.length === 0) continue;
    const drift: Drift = {
      area: 'codes',
      severity: gravity(asked, was, fresh),
      operation: asked.operation,
      message: `a request ${asked.what} is answered with another status`,
      before: [...was].sort().join(', '),
      after: [...asked.statuses].sort().join(', '),
    };
    const line = JSON.stringify([drift.operation, drift.severity, drift.before, drift.after]);
    const known = lines.get(line);
    if (known === undefined) lines.set(line, { drift, count: 1 });
    else known.count += 1;
  }
  return [...lines.values()].map(({ drift, count }) =>
    count === 1 ? drift : { ...drift, message: `${drift.message} (and ${count - 1} more like it)` },
  );
}

function codesIn(value: unknown, found: Set<string>, depth = 0): void {
  if (value === null || typeof value !== 'object' || depth > deepest) return;
  for (const [name, member] of Object.entries(value)) {
    const isCode = typeof member === 'string' ? member.length <= longestCode : typeof member === 'number';
    if (isCode && codeName.test(name)) found.add(`${name} ${JSON.stringify(member)}`);
    else codesIn(member, found, depth + 1);
  }
}

function errorCodes({ exchanges }: CheckReport): ReadonlyMap<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { operation, answer } of exchanges as readonly Exchange[]) {
    if (operation === undefined || answer === undefined || answer.status < 400 || answer.status === 429) continue;
    const kind = `${operation} ${answer.status}`;
    const codes = found.get(kind) ?? new Set();
    found.set(kind, codes);
    codesIn(parsed(answer.body), codes);
  }
  return found;
}

/** Codes and types inside of refusals that are new, where the same status was seen before. */
export function errorCodeDrift(before: CheckReport, after: CheckReport): Drift[] {
  const old = errorCodes(before);
  return [...errorCodes(after)].flatMap(([operation, now]): Drift[] => {
    const was = old.get(operation);
    if (was === undefined || [...now].every((code) => was.has(code))) return [];
    const message = 'refusals carry another code or type';
    const texts = { before: [...was].sort().join(', ') || 'none', after: [...now].sort().join(', ') };
    return [{ area: 'codes', severity: 'warning', operation, message, ...texts }];
  });
}
