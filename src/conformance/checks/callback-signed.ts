import { createHmac, timingSafeEqual } from 'node:crypto';
import type { CallbackSeen } from '../callback-desk.js';
import { callbackJudgement, toldTasks } from '../callback-judging.js';
import { type Check, type DraftFinding, findingAt } from '../check.js';

/** What receivers by the Standard Webhooks scheme allow for, in seconds. */
const mostSkew = 5 * 60;

function isSigned({ record }: CallbackSeen): boolean {
  return record.headers['webhook-signature'] !== undefined;
}

function bytesOf(secret: string): Buffer {
  return secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret);
}

/** What is wrong with a signature; without a secret only its form and its moment can be judged. */
function problemOf({ record, body }: CallbackSeen, secret: string | undefined): string | undefined {
  const { 'webhook-id': id, 'webhook-timestamp': moment, 'webhook-signature': listed = '' } = record.headers;
  if (id === undefined || id === '') return 'has no webhook-id';
  if (!/^\d+$/.test(moment ?? '')) return 'has no webhook-timestamp in Unix seconds';
  if (Math.abs(Number(moment) - record.receivedAt / 1000) > mostSkew) return `was signed at another time: ${moment}`;
  const signatures = listed.split(' ').flatMap((one) => /^v1,([A-Za-z0-9+/]{43}=)$/.exec(one)?.[1] ?? []);
  if (signatures.length === 0)
    return listed.includes('v1a,') ? undefined : 'has no signature of the form v1,<32 bytes in base64>';
  if (secret === undefined) return undefined;
  const right = createHmac('sha256', bytesOf(secret)).update(`${id}.${moment}.`).update(body).digest();
  return signatures.some((one) => timingSafeEqual(Buffer.from(one, 'base64'), right))
    ? undefined
    : 'does not verify with the secret';
}

export const callbackSigned: Check = {
  id: 'callback-signed',
  title: 'A signature that is sent verifies',
  rationale:
    'A receiver that checks signatures turns every call away, and one that gives up checking takes calls from anybody.',
  facts: ['H13'],
  faults: ['callback-wrong-signature'],
  judge(evidence) {
    const told = toldTasks(evidence);
    const signed = told.flatMap((one) => one.calls.filter(isSigned).map((call) => ({ ...one, call })));
    const findings = signed.flatMap(({ journey, end, call }): DraftFinding[] => {
      const problem = problemOf(call, evidence.callbackSecret);
      if (problem === undefined) return [];
      return [
        findingAt(evidence, [journey.submit, end.sent], {
          facts: ['H13'],
          message: `The signature of call ${call.record.id} ${problem}`,
          expected: 'an HMAC over id, moment and raw body, made a moment ago',
          observed: call.record.headers['webhook-signature'] ?? '',
        }),
      ];
    });
    const unsigned = told.some(({ calls }) => calls.length > 0);
    if (signed.length === 0 && unsigned)
      return {
        observations: 0,
        findings: [],
        skipped: 'the calls of this server are not signed, and no page says they are',
      };
    return callbackJudgement(evidence, signed.length, findings);
  },
};
