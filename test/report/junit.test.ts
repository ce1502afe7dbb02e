/** JUnit results are read by CI servers: they must be what those servers' own schema says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import type { CheckReport } from '../../src/core/check-report.js';
import { checkToJunit } from '../../src/report/check-junit.js';
import { judgeMock } from '../support/judge.js';
import { root } from '../support/source-tree.js';
import { conformant, unreachable, violating } from './fixtures.js';
import { hostile } from './hostile-fixtures.js';

/** Later editions of the schema let a skipped case say why, as a failed one does; every CI server shows it. */
const schema = readFileSync(join(root, 'test/report/schemas/junit.xsd'), 'utf8').replace(
  '<xs:element name="skipped" type="xs:string"/>',
  '<xs:element name="skipped"><xs:complexType mixed="true"><xs:attribute name="message" type="xs:string"/></xs:complexType></xs:element>',
);

async function mistakesIn(xml: string): Promise<string[]> {
  const { errors } = await validateXML({ xml, schema });
  return errors.map(({ message }) => message);
}

describe('the results of a check are JUnit', () => {
  test.each(Object.entries({ conformant, violating, unreachable, hostile }))('%s', async (_, report) => {
    expect(await mistakesIn(checkToJunit(report))).toEqual([]);
  });

  test('a whole run with findings', async () => {
    expect(await mistakesIn(checkToJunit(await judgeMock('apimart', ['wrong-size', 'progress-jumps-back'])))).toEqual(
      [],
    );
  });

  test('and the schema notices what is not', async () => {
    const xml = checkToJunit(conformant);
    expect(await mistakesIn(xml.replace('<testcase ', '<testcase colour="red" '))).toHaveLength(1);
    expect(await mistakesIn(xml.replace('</testsuite>', ''))).not.toEqual([]);
  });
});

test('a failure names the codes of the public list of faults', () => {
  const [first, ...others] = violating.checks;
  const report = { ...violating, checks: [{ ...first, codes: ['F200'] }, ...others] } as CheckReport;
  expect(checkToJunit(report)).toContain('codes: F200');
  expect(checkToJunit(violating)).not.toContain('codes:');
});
