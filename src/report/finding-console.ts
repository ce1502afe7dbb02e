import type { Finding } from '../core/check-report.js';
import type { Exchange } from '../core/exchange.js';
import type { Severity } from '../core/facts.js';
import { answerLine } from './answer-line.js';
import { wholeNumber } from './report-words.js';
import { cutColumns, padColumns, wrapColumns } from './terminal-columns.js';
import type { Paint } from './terminal-paint.js';
import { toTerminal } from './terminal-text.js';

const LONGEST_CURL = 1500;
const INDENT = '     ';
const LABEL_COLUMNS = 10;

const severityColor = { error: 'red', warning: 'yellow', note: 'cyan' } as const satisfies Record<
  Severity,
  keyof Paint
>;

export interface FindingPlace {
  readonly number: number;
  readonly width: number;
  readonly paint: Paint;
  /** The exchange that decided it, where the report holds it. */
  readonly decisive: Exchange | undefined;
}

/** One finding as a paragraph: what broke, what was promised, what came, and how to see it again. */
export function findingToConsole(finding: Finding, { number, width, paint, decisive }: FindingPlace): string[] {
  const room = width - INDENT.length;
  const label = (name: string, lines: readonly string[]) =>
    lines.map((line, index) => INDENT + paint.dim(padColumns(index === 0 ? name : '', LABEL_COLUMNS)) + line);
  const field = (name: string, text: string | undefined) =>
    text === undefined || text === '' ? [] : label(name, wrapColumns(toTerminal(text), room - LABEL_COLUMNS));
  const heading = [
    paint[severityColor[finding.severity]](finding.severity.toUpperCase()),
    paint.bold(toTerminal(finding.check)),
    paint.dim(finding.ledger.map((fact) => toTerminal(fact)).join(' ')),
    finding.baseline === undefined ? '' : paint.dim(`(${finding.baseline})`),
  ];
  return [
    `${`${number}.`.padStart(INDENT.length - 1)} ${heading.filter((part) => part !== '').join('  ')}`,
    `${INDENT}${toTerminal(finding.operation)}`,
    ...wrapColumns(toTerminal(finding.message, 1000), room).map((line) => INDENT + line),
    ...field('pointer', finding.pointer),
    ...field('expected', finding.evidence.expected),
    ...field('observed', finding.evidence.observed),
    ...(decisive ? label('answer', [cutColumns(toTerminal(answerLine(decisive)), room - LABEL_COLUMNS)]) : []),
    ...label('again', curlLines(finding.curl)),
  ];
}

/** A command is shown whole or not at all, and never wrapped: half of one must not be pasted into a shell. */
function curlLines(curl: string): string[] {
  if (curl.length > LONGEST_CURL)
    return [`a curl of ${wholeNumber(curl.length)} characters: take it from the JSON report`];
  return curl.split('\n').map((line) => toTerminal(line, Number.POSITIVE_INFINITY));
}
