import type { OracleReport } from '../core/check-report.js';
import { wholeNumber } from './report-words.js';
import { toTerminal } from './terminal-text.js';

const mostListed = 10;

/** What another judge says of the same requests and answers, as lines of a terminal. */
export function oracleToConsole({ name, version, judged, agreed, disagreements }: OracleReport): string[] {
  const who = `${toTerminal(name)} ${toTerminal(version)}`;
  const lines = disagreements.slice(0, mostListed).map(({ exchange, operation, side, ours, theirs }) => {
    const said = (words: readonly string[]) => toTerminal(words.join('; ') || 'nothing', 160);
    return `  ${toTerminal(exchange)} ${toTerminal(operation)}, ${side}: it holds ${said(theirs)} against it, we ${said(ours)}`;
  });
  const rest = judged - agreed - lines.length;
  return [
    `${who} comes to our verdict on ${wholeNumber(agreed)} of ${wholeNumber(judged)} requests and answers`,
    ...lines,
    ...(rest > 0 ? [`  and ${wholeNumber(rest)} more`] : []),
  ];
}
