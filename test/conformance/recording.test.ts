import { expect, test } from 'vitest';
import { toFetch } from '../../mocks/adapters/fetch.js';
import { vendorIds } from '../../specs/index.gen.js';
import { judgeRecording } from '../../src/conformance/recording/judge-recording.js';
import { readRecording } from '../../src/conformance/recording/read-recording.js';
import type { CheckReport } from '../../src/core/check-report.js';
import { resolveContract } from '../../src/entry/contracts.js';
import { createMock } from '../../src/entry/mock.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { checkToJson } from '../../src/report/check-json.js';
import { archivingFetch } from '../support/browser-archive.js';
import { judgeMock } from '../support/judge.js';

async function again(vendor: string, text: string): Promise<CheckReport> {
  const contract = await resolveContract(vendor);
  return judgeRecording({
    contract,
    recording: readRecording('recording.json', text),
    failOn: 'note',
    version: '0.0.0',
  });
}

/** Verdicts and findings, without what was too long to be kept. */
const told = ({ verdict, checks, findings }: CheckReport) => ({
  verdict,
  failed: checks.filter((check) => check.verdict === 'fail').map(({ id }) => id),
  findings,
});

const broken = (vendor: string) =>
  vendor === 'apigo'
    ? ['wrong-size', 'usage-does-not-add-up', 'accepts-missing-key']
    : ['wrong-size', 'changes-after-terminal', 'accepts-missing-key'];

test.each(vendorIds.flatMap((vendor) => [[vendor, []] as const, [vendor, broken(vendor)] as const]))(
  'a report of %s with faults %j, judged again from its file, says the same',
  async (vendor, faults) => {
    const report = await judgeMock(vendor, faults);

    const second = await again(vendor, checkToJson(report));

    expect(told(second)).toEqual(told(report));
    expect(second.exchanges).toEqual(report.exchanges);
  },
);

/** What a person with a browser does: one picture, asked for until it is there. */
async function browse(faults: readonly string[]): Promise<string> {
  const clock = createVirtualClock();
  const { engine } = await createMock({ vendors: ['evolink'], clock, faults });
  const browser = archivingFetch(toFetch(engine), clock);
  const base = 'http://vendor.test/evolink';
  const headers = { authorization: 'Bearer sk-evolink-test', 'content-type': 'application/json' };
  const body = JSON.stringify({ model: 'gpt-image-1', prompt: 'A lake at dawn', size: '1024x1536' });
  const submitted = await browser.fetch(`${base}/v1/images/generations`, { method: 'POST', headers, body });
  const { id } = (await submitted.json()) as { id: string };
  let task: { status: string; results?: string[] } = { status: 'pending' };
  for (let polls = 0; polls < 40; polls += 1) {
    clock.advance(3_000);
    task = (await (await browser.fetch(`${base}/v1/tasks/${id}`, { headers })).json()) as typeof task;
  }
  for (const url of task.results ?? []) await browser.fetch(url);
  return browser.archive();
}

test('an archive that a browser saved is judged: whole tasks, down to the bytes of the picture', async () => {
  const report = await again('evolink', await browse([]));

  expect(report.findings).toEqual([]);
  expect(report.journeys).toMatchObject([{ end: 'terminal', results: [{ image: { width: 1024, height: 1536 } }] }]);
  const passed = report.checks.filter(({ verdict }) => verdict === 'pass').map(({ id }) => id);
  expect(passed).toEqual(
    expect.arrayContaining(['body-schema', 'transition-legal', 'terminal-stable', 'size-honoured']),
  );
});

test.each([
  ['wrong-size', 'size-honoured'],
  ['changes-after-terminal', 'terminal-stable'],
  ['goes-back', 'transition-legal'],
])('the fault %s is found in an archive, too', async (fault, check) => {
  const report = await again('evolink', await browse([fault]));
  expect(report.findings.map((finding) => finding.check)).toContain(check);
});

test('a key that somebody left in an archive is in nothing that comes of it', async () => {
  const report = await again('evolink', await browse(['goes-back']));
  expect(checkToJson(report)).not.toContain('sk-evolink-test');
  expect(report.exchanges[0]?.request.headers['authorization']).toBe('Bearer <key>');
});

test('an archive that stops before its task does accuses nobody of a task that never ends', async () => {
  const whole = JSON.parse(await browse([])) as { log: { entries: unknown[] } };
  whole.log.entries = whole.log.entries.slice(0, 2);
  const report = await again('evolink', JSON.stringify(whole));
  expect(report.findings).toEqual([]);
});

test.each([
  ['{', /recording\.json is not JSON: /],
  ['[]', /holds no JSON object: --from takes a JSON report of check or an HTTP Archive/],
  ['{"kind":"load"}', /is a "load": --from takes/],
  ['{"kind":"check","schemaVersion":1}', /is no report of check that can be judged:\n {2}\/vendor: /],
  [
    '{"log":{"version":"1.2","entries":[{}]}}',
    /is no HTTP Archive \(HAR 1\.2\) .*\n {2}\/log\/entries\/0\/startedDateTime: /,
  ],
])('%s is refused with the place that is wrong', async (text, message) => {
  await expect(again('evolink', text)).rejects.toThrow(message);
});

test('a recording of another vendor, or of none, is not judged', async () => {
  const report = await judgeMock('gptimage15');
  await expect(again('evolink', checkToJson(report))).rejects.toThrow(/is a recording of gptimage15, not of evolink/);
  const empty = JSON.stringify({ log: { version: '1.2', entries: [] } });
  await expect(again('evolink', empty)).rejects.toThrow(/holds 0 requests, but none to POST \/v1\/images\/generations/);
});
