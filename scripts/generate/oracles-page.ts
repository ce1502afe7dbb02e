import { type FaultCode, faultCategories, faultTaxonomy } from '../../src/core/fault-taxonomy.js';
import type { Generated } from '../generate.js';
import { pageHeader } from './header.js';
import { answerOracles, type Oracle, taskOracles, unjudgedCodes } from './oracles.js';

const cell = (text: string) => text.replaceAll('|', '\\|');

const link = (check: string) => `[\`${check}\`](checks/${check}.md)`;

function row({ id, asserts, checks, limits = '' }: Oracle): string {
  const judged = checks.map(link).join(', ') || '**none**';
  return `| ${[id, cell(asserts), judged, cell(limits)].join(' | ')} |`;
}

function table(oracles: readonly Oracle[]): string {
  return [
    '| name | asserts | judged by | not judged, and why |',
    '| --- | --- | --- | --- |',
    ...oracles.map(row),
  ].join('\n');
}

interface Coded {
  readonly id: string;
  readonly codes?: readonly string[];
}

/** Every code of the public list, and who reports it. */
function codeTable(checks: readonly Coded[]): string {
  const rows = Object.entries(faultCategories).map(([code, [name, says]]) => {
    const reporting = checks.filter(({ codes = [] }) => codes.includes(code)).map(({ id }) => link(id));
    const judged = reporting.join(', ') || '**none**';
    return `| ${[code, `\`${name}\``, cell(says), judged, cell(unjudgedCodes[code as FaultCode] ?? '')].join(' | ')} |`;
  });
  return [
    '| code | name | what is wrong | reported by | not judged, and why |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

/** The page that says of every known kind of defect which check sees it, or why none can. */
export async function oraclesPage(): Promise<Generated[]> {
  // Imported late: the registry may only now have been written.
  const { checks } = await import('../../src/conformance/checks/index.gen.js');
  const all = [...answerOracles, ...taskOracles];
  const judged = all.filter(({ checks }) => checks.length > 0).length;
  return [
    [
      'docs/oracles.md',
      `${pageHeader}
# What is judged, and what cannot be

Runners of HTTP contracts look for certain kinds of defects between them, and asynchronous tasks have kinds of their own.
Of ${all.length} kinds, ${judged} are judged by a check or several; for the others the reason stands beside them.

## On single answers

${table(answerOracles)}

## On whole tasks

${table(taskOracles)}

## Codes of the public list

Several tools that test web APIs report by one list of faults: ${faultTaxonomy.fullName}, version ${faultTaxonomy.version}. Its numbers have
moved between versions, so they mean something only beside the version. Reports name the codes of a check: JSON with each
check, SARIF as a taxonomy of the rules, the others with each finding.

${codeTable(checks)}
`,
    ],
  ];
}
