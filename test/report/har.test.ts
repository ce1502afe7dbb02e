/** The traffic as a file that browsers and proxies read, held against the published schemas of the format. */
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import type { CheckReport } from '../../src/core/check-report.js';
import { checkToHar } from '../../src/report/check-har.js';
import { judgeMock } from '../support/judge.js';
import { conformant, unreachable, violating } from './fixtures.js';

const require = createRequire(import.meta.url);
const ajv = new Ajv({ strict: false });
(addFormats as unknown as (to: Ajv) => void)(ajv);
ajv.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json') as object);
for (const schema of Object.values(require('har-schema') as Record<string, object>)) ajv.addSchema(schema);
const validate = ajv.getSchema('har.json#');

function read(report: CheckReport) {
  const har = JSON.parse(checkToHar(report));
  expect(validate?.(har), JSON.stringify(validate?.errors?.slice(0, 3))).toBe(true);
  return har.log;
}

test.each(Object.entries({ conformant, violating, unreachable }))('the %s report is HAR 1.2', (_, report) => {
  const { entries, version } = read(report);
  expect(version).toBe('1.2');
  expect(entries).toHaveLength(report.exchanges.length);
});

test('the schemas of the format notice a mistake', () => {
  const har = JSON.parse(checkToHar(conformant));
  delete har.log.entries[0].response.content;
  expect(validate?.(har)).toBe(false);
});

test('a request without an answer has status 0 and says why', () => {
  const entry = read(violating).entries.at(-1);
  expect(entry.response.status).toBe(0);
  expect(entry.comment).toBe('ECONNRESET after 0 bytes');
  expect(entry._proofsheet).toMatchObject({ id: 'x7', failure: 'ECONNRESET after 0 bytes', bytes: 0 });
});

test('a whole run keeps what is needed to judge it again, and no key', async () => {
  const report = await judgeMock('evolink');
  const { entries, _proofsheet } = read(report);
  expect(JSON.stringify(entries)).not.toContain('sk-evolink-');
  expect(_proofsheet).toEqual({
    schemaVersion: 1,
    vendor: 'evolink',
    target: report.target,
    seed: 1,
    depth: 'full',
    journeys: JSON.parse(JSON.stringify(report.journeys)),
    callbacks: JSON.parse(JSON.stringify(report.callbacks)),
    probes: JSON.parse(JSON.stringify(report.probes)),
    startedAt: report.startedAt,
    finishedAt: report.finishedAt,
  });
  const back = entries.map(({ _proofsheet: own, request, response, startedDateTime, time }: Entry) => ({
    ...own,
    method: request.method,
    url: request.url,
    sent: request.postData?.text,
    status: response.status,
    got: response.content.text,
    startedAt: Date.parse(startedDateTime),
    time,
  }));
  expect(back).toEqual(
    report.exchanges.map(({ request, answer, startedAt, finishedAt, ...rest }) => ({
      ...JSON.parse(JSON.stringify(rest)),
      bytes: answer?.bytes ?? 0,
      ...(answer?.image === undefined ? {} : { image: answer.image }),
      ...(answer?.sha256 === undefined ? {} : { sha256: answer.sha256 }),
      method: request.method,
      url: request.url,
      sent: request.body,
      status: answer?.status ?? 0,
      got: answer?.body,
      startedAt: Math.trunc(startedAt),
      time: Math.round((finishedAt - startedAt) * 1000) / 1000,
    })),
  );
});

interface Entry {
  readonly _proofsheet: object;
  readonly request: { method: string; url: string; postData?: { text: string } };
  readonly response: { status: number; content: { text?: string } };
  readonly startedDateTime: string;
  readonly time: number;
}
