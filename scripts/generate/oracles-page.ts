import type { Generated } from '../generate.js';
import { pageHeader } from './header.js';
import { answerOracles, type Oracle, taskOracles } from './oracles.js';

const cell = (text: string) => text.replaceAll('|', '\\|');

function row({ id, asserts, checks, codes = [], limits = '' }: Oracle): string {
  const judged = checks.map((check) => `[\`${check}\`](checks.md#${check})`).join(', ') || '**none**';
  return `| ${[id, cell(asserts), judged, codes.join(', '), cell(limits)].join(' | ')} |`;
}

function table(oracles: readonly Oracle[]): string {
  return [
    '| name | asserts | judged by | codes | not judged, and why |',
    '| --- | --- | --- | --- | --- |',
    ...oracles.map(row),
  ].join('\n');
}

/** The page that says of every known kind of defect which check sees it, or why none can. */
export function oraclesPage(): Generated {
  const all = [...answerOracles, ...taskOracles];
  const judged = all.filter(({ checks }) => checks.length > 0).length;
  return [
    'docs/oracles.md',
    `${pageHeader}
# What is judged, and what cannot be

Runners of HTTP contracts look for certain kinds of defects between them, and asynchronous tasks have kinds of their own.
Of ${all.length} kinds, ${judged} are judged by a check or several; for the others the reason stands beside them. Codes are those of the WFC and
EvoMaster fault taxonomies.

## On single answers

${table(answerOracles)}

## On whole tasks

${table(taskOracles)}
`,
  ];
}
