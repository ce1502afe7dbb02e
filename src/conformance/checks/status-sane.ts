import { type Check, type DraftFinding, findingAt, judgement } from '../check.js';
import type { Sent } from '../evidence.js';

const bodiless = [204, 205, 304];

/** What is wrong with a status, whatever the contract says. */
function problemOf({ status = 0, exchange, credential, purpose }: Sent, isKeyGood: boolean): string | undefined {
  const { method, body: sent } = exchange.request;
  const { bytes = 0, headers = {} } = exchange.answer ?? {};
  if (status < 100 || status > 599) return `${status} is no status`;
  if (bodiless.includes(status) && bytes > 0) return `a ${status} has a body of ${bytes} bytes`;
  if (status === 304 && method !== 'GET' && method !== 'HEAD') return `a ${method} is answered 304`;
  if (status === 201 && method === 'GET') return 'a GET is answered 201';
  if (status === 206 && exchange.request.headers['range'] === undefined) return 'a part comes that nobody asked for';
  if ((status === 413 || status === 415) && sent === undefined && method === 'GET')
    return `a request without a body is answered ${status}`;
  if (status === 426 && headers['upgrade'] === undefined) return 'a 426 has no Upgrade';
  if (status === 401 && credential === 'key' && isKeyGood && purpose.refusal === undefined)
    return 'a key that was taken before is answered 401';
  const { location } = headers;
  if (location !== undefined && !URL.canParse(location, exchange.request.url)) return 'Location is no address';
  return undefined;
}

export const statusSane: Check = {
  id: 'status-sane',
  title: 'Status codes mean what HTTP says',
  rationale: 'Libraries and proxies act on the status before any client of ours sees the answer.',
  facts: ['H15'],
  faults: ['created-on-poll'],
  codes: ['F101', 'F103', 'F105', 'F106', 'F107', 'F108', 'F111', 'F112', 'F305'],
  judge(evidence) {
    const judged = evidence.sent.filter(({ status }) => status !== undefined);
    const isKeyGood = evidence.journeys.some(({ end }) => end === 'terminal');
    const findings = judged.flatMap((sent): DraftFinding[] => {
      const problem = problemOf(sent, isKeyGood);
      if (problem === undefined) return [];
      return [
        findingAt(evidence, sent, {
          facts: ['H15'],
          message: `A status does not mean what HTTP says: ${problem}`,
          expected: 'a status that fits request and answer',
          observed: `status ${sent.status}`,
        }),
      ];
    });
    return judgement(evidence, judged.length, findings, { probes: [], unseen: 'nothing was answered' });
  },
};
