import { stringify } from 'yaml';
import { type FactExplanation, type Mocked, markMeanings } from '../entry/explain.js';
import type { PointerExplanation } from '../entry/explain-place.js';
import { visibleControls } from '../report/visible-controls.js';

const mockedWords: Readonly<Record<Mocked, string>> = {
  refuses: 'a request that breaks it is refused',
  renders: 'answers are made by it',
  behaves: 'by behaviour, which a fault can take away',
  no: 'no',
};

/** Breaks a text into lines of at most that width, the later ones indented. */
function wrap(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of visibleControls(text).split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width - indent.length) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.join(`\n${indent}`);
}

const column = 12;

function row(name: string, values: readonly string[], width: number): string {
  const indent = ' '.repeat(column);
  const shown = values.length === 0 ? ['-'] : values;
  return `${name.padEnd(column)}${shown.map((value) => wrap(value, width, indent)).join(`\n${indent}`)}`;
}

/** All facts of a contract: id, mark, sentence. */
export function factListText(title: string, facts: readonly FactExplanation[], width: number): string {
  const longest = Math.max(...facts.map(({ id }) => id.length));
  const lines = facts.map(
    ({ id, mark, says }) => `${id.padEnd(longest)}  ${mark}  ${wrap(says, width, ' '.repeat(longest + 5))}`,
  );
  const legend = Object.entries(markMeanings).map(([mark, meaning]) => `${mark}  ${meaning}`);
  return `${visibleControls(title)}: ${facts.length} facts\n\n${lines.join('\n')}\n\n${legend.join('\n')}\n`;
}

/** One fact with all that is known about it. */
export function factText(fact: FactExplanation, width: number): string {
  const { checks, faults, unobservable } = fact;
  const lines = [
    `${fact.id}  ${wrap(fact.says, width, ' '.repeat(fact.id.length + 2))}`,
    '',
    row('mark', [`${fact.mark}, ${markMeanings[fact.mark]}: breaking it is ${withArticle(fact.severity)}`], width),
    row('evidence', fact.evidence, width),
    row('stated', fact.stated.length > 0 ? fact.stated : ['in the catalogue of facts only'], width),
    row('mocked', [fact.mocked.map((one) => mockedWords[one]).join('; ')], width),
    row('checked by', checks.length > 0 ? [checks.join(', ')] : ['no check'], width),
    row('proved by', faults.length > 0 ? [faults.join(', ')] : ['no fault'], width),
  ];
  if (unobservable !== undefined) lines.push(row('not seen', [unobservable], width));
  return `${lines.join('\n')}\n`;
}

function withArticle(severity: string): string {
  return `${severity === 'error' ? 'an' : 'a'} ${severity}`;
}

function indented(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}

/** What stands at a pointer, who says so, and how grave a violation is. */
export function placesText(found: readonly PointerExplanation[], width: number): string {
  const blocks = found.map(({ pointer, of, places }) => {
    const parts = places.map(({ pointer: at, when, constraint, facts, severity }) => {
      const text = typeof constraint === 'string' ? constraint : stringify(constraint, { lineWidth: width - 2 });
      const lines = [
        visibleControls(at),
        ...(when === undefined ? [] : [`  when ${visibleControls(when)}`]),
        indented(visibleControls(text, '\n')),
      ];
      for (const fact of facts) {
        lines.push(`  ${fact.id} ${fact.mark}  ${wrap(fact.says, width, '       ')}`);
        if (fact.evidence.length > 0) lines.push(`       ${wrap(fact.evidence.join('; '), width, '       ')}`);
      }
      if (facts.length === 0) lines.push('  no fact is named here');
      lines.push(`  breaking it is ${withArticle(severity)}`);
      return lines.join('\n');
    });
    return [visibleControls(`${pointer === '' ? 'the whole' : pointer} of the ${of}`), ...parts].join('\n\n');
  });
  return `${blocks.join('\n\n')}\n`;
}
