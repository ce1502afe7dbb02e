import { responseFor } from '../../contract/contract.js';
import { resolve } from '../../contract/operations.js';
import { type Check, type DraftFinding, findingAt, judgement } from '../check.js';
import { unique } from '../contract-facts.js';
import type { Evidence, Sent } from '../evidence.js';
import { isNode } from '../schema.js';

interface DocumentedHeader {
  readonly name: string;
  readonly required: boolean;
  readonly schema: string | undefined;
  readonly facts: readonly string[];
}

/** The headers that the contract documents for an answer. */
function headersFor({ contract }: Evidence, { operation, status }: Sent): DocumentedHeader[] {
  if (operation === undefined || status === undefined || responseFor(operation, status) === undefined) return [];
  const at = [String(status), `${Math.floor(status / 100)}XX`, 'default'].find((key) => key in operation.responses);
  const found = resolve(contract.document, `${operation.pointer}/responses/${at}`);
  const headers = isNode(found.value) && isNode(found.value['headers']) ? found.value['headers'] : {};
  return Object.keys(headers).flatMap((name): DocumentedHeader[] => {
    const header = resolve(contract.document, `${found.pointer}/headers/${name}`);
    if (!isNode(header.value)) return [];
    const { required, schema, 'x-facts': facts } = header.value;
    return [
      {
        name: name.toLowerCase(),
        required: required === true,
        schema: isNode(schema) ? String(schema['type']) : undefined,
        facts: Array.isArray(facts) ? facts.map(String) : [],
      },
    ];
  });
}

/** Header values are texts; a number is one that reads as such. */
function fits(value: string, type: string | undefined): boolean {
  if (type === 'integer') return /^-?\d+$/.test(value);
  if (type === 'number') return value.trim() !== '' && Number.isFinite(Number(value));
  return type !== 'boolean' || /^(true|false)$/i.test(value);
}

export const headersDocumented: Check = {
  id: 'headers-documented',
  title: 'Documented headers are there and of their type',
  rationale: 'Whoever reports a problem is asked for the id in a header, and programs read numbers out of others.',
  facts: [],
  covers: (contract) =>
    unique(
      ...Object.values(contract.document.components?.['headers'] ?? {}).map((header) =>
        isNode(header) && Array.isArray(header['x-facts']) ? header['x-facts'].map(String) : [],
      ),
    ),
  faults: ['garbles-headers'],
  codes: ['F200'],
  judge(evidence) {
    let observations = 0;
    const findings: DraftFinding[] = [];
    for (const sent of evidence.sent) {
      // A date is the other form of Retry-After, whatever the page prints.
      const documented = headersFor(evidence, sent).filter(({ name }) => name !== 'retry-after');
      for (const { name, required, schema, facts } of documented) {
        const value = sent.exchange.answer?.headers[name];
        if (value === undefined && !required) continue;
        observations += 1;
        if (value !== undefined && value !== '' && fits(value, schema)) continue;
        findings.push(
          findingAt(evidence, sent, {
            facts,
            message: `The header ${name} of an answer ${sent.status} ${value === undefined ? 'is missing' : `is no ${schema ?? 'value'}`}`,
            expected: schema ?? 'a value',
            observed: value ?? 'no such header',
          }),
        );
      }
    }
    return judgement(evidence, observations, findings, {
      probes: [],
      unseen: '',
      absent: 'no answer came for which the contract documents a header',
    });
  },
};
