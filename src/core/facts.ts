/** A fact is one promise of a vendor (or of any task API), with a mark that says who makes it. */
export const marks = ['S', 'L', 'X', 'D', 'C', 'I'] as const;
/**
 * S the vendor's page states it, L owed by any HTTP, JSON or task API, X the page shows it as one sample only,
 * D other public documentation of the vendor, C public client code or observed bodies, I our decision.
 */
export type Mark = (typeof marks)[number];

export const severities = ['error', 'warning', 'note'] as const;
export type Severity = (typeof severities)[number];

export interface Fact {
  /** For example `A10`. */
  readonly id: string;
  readonly mark: Mark;
  readonly says: string;
  /** Where it is written: page name and section. */
  readonly evidence: readonly string[];
  /** False where nobody can see it from outside, with the reason in `unobservable`. */
  readonly unobservable?: string;
}

const byMark: Record<Mark, Severity> = { S: 'error', L: 'error', X: 'warning', D: 'warning', C: 'warning', I: 'note' };

/**
 * How grave it is to break a fact with this mark. A documented reading (D) becomes an error once the server has shown
 * that it follows it, by serving that route, field or event.
 */
export function severityOfMark(mark: Mark, shown = false): Severity {
  return mark === 'D' && shown ? 'error' : byMark[mark];
}

export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(threshold);
}
