import type { Contract } from '../../contract/contract.js';
import type { DialectSeen, Finding } from '../../core/check-report.js';
import type { Severity } from '../../core/facts.js';
import type { Evidence } from '../evidence.js';
import { holdsMore } from './places.js';
import type { Readings } from './readings.js';
import { reread } from './reread.js';

/** More dialects than these are hardly spoken at once. */
const mostAtOnce = 3;

const weights: Readonly<Record<Severity, number>> = { error: 100, warning: 10, note: 1 };

/** The findings about some evidence. */
export type JudgeFindings = (evidence: Evidence) => readonly Finding[];

interface Reading {
  readonly ids: readonly string[];
  readonly contract: Contract;
  readonly findings: readonly Finding[];
}

export interface Recognised {
  readonly contract: Contract;
  readonly evidence: Evidence;
  readonly dialects: readonly DialectSeen[];
}

const weightOf = (findings: readonly Finding[]) => findings.reduce((sum, { severity }) => sum + weights[severity], 0);
const placeOf = ({ check, operation, pointer }: Finding) => JSON.stringify([check, operation, pointer]);

/** Exchanges that are accused in one reading and not in the other. */
export function explained(before: readonly Finding[], after: readonly Finding[]): string[] {
  const left = new Set(after.map(placeOf));
  const gone = before.filter((finding) => !left.has(placeOf(finding)));
  return [...new Set(gone.flatMap(({ evidence }) => evidence.exchanges))];
}

/**
 * Whether most of what one check accuses an operation of is gone, wherever something is gone. A server that takes
 * everything also takes what a dialect allows, and speaks none for it.
 */
function isExplanation(before: readonly Finding[], after: readonly Finding[]): boolean {
  const groupOf = ({ check, operation }: Finding) => JSON.stringify([check, operation]);
  const left = new Set(after.map(placeOf));
  const gone = before.filter((finding) => !left.has(placeOf(finding)));
  const isMost = (group: string) => {
    const share = (findings: readonly Finding[]) => findings.filter((one) => groupOf(one) === group).length;
    return share(gone) * 2 > share(before);
  };
  return gone.length > 0 && gone.map(groupOf).every(isMost);
}

/**
 * The dialect, or the few of them, in which answers that break the documented reading are all right. One is believed
 * where it takes findings away, brings none of its own, and the answers hold nothing that it leaves out.
 */
export async function recognise(
  evidence: Evidence,
  findings: readonly Finding[],
  readings: Readings,
  judge: JudgeFindings,
): Promise<Recognised | undefined> {
  let best: Reading = { ids: [], contract: evidence.contract, findings };
  while (best.ids.length < mostAtOnce && best.findings.length > 0) {
    const accused = new Set(best.findings.map(placeOf));
    let next: Reading | undefined;
    for (const { id } of readings.dialects.filter((dialect) => !best.ids.includes(dialect.id))) {
      const ids = [...best.ids, id];
      const contract = await readings.read(ids);
      if (holdsMore(evidence, contract)) continue;
      const left = judge(reread(evidence, contract));
      if (left.some((finding) => !accused.has(placeOf(finding)))) continue;
      if (explained(best.findings, left).length === 0) continue;
      if (weightOf(left) < weightOf((next ?? best).findings)) next = { ids, contract, findings: left };
    }
    if (next === undefined) break;
    best = next;
  }
  if (best.ids.length === 0 || !isExplanation(findings, best.findings)) return undefined;
  const exchanges = explained(findings, best.findings);
  return {
    contract: best.contract,
    evidence: reread(evidence, best.contract),
    dialects: readings.dialects.filter(({ id }) => best.ids.includes(id)).map((dialect) => ({ ...dialect, exchanges })),
  };
}
