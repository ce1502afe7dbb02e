import type { CheckOutcome, CheckVerdict, Finding } from '../core/check-report.js';
import type { Check, Judgement } from './check.js';
import { unique } from './contract-facts.js';
import type { Evidence } from './evidence.js';
import { weigh } from './findings.js';

function verdictOf({ findings, skipped, inconclusive, observations }: Judgement): CheckVerdict {
  if (findings.length > 0) return 'fail';
  if (skipped !== undefined) return 'skipped';
  return inconclusive !== undefined || observations === 0 ? 'inconclusive' : 'pass';
}

/** The verdict of one check over all that was seen. */
export function judgeBy(
  check: Check,
  evidence: Evidence,
  redact: (text: string) => string,
): { readonly outcome: CheckOutcome; readonly findings: readonly Finding[] } {
  const judged = check.judge(evidence);
  const verdict = verdictOf(judged);
  const reason = judged.skipped ?? judged.inconclusive;
  return {
    outcome: {
      id: check.id,
      title: check.title,
      ledger: unique(check.facts, check.covers?.(evidence.contract)),
      ...(check.codes === undefined ? {} : { codes: check.codes }),
      verdict,
      ...(reason === undefined || verdict === 'fail' ? {} : { reason }),
      observations: judged.observations,
    },
    findings: weigh(check.id, judged.findings, evidence, redact),
  };
}
