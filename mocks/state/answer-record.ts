import { z } from 'zod';
import type { KeptAnswer } from '../money/idempotency.js';
import type { VendorMock } from '../vendor-mock.js';
import { accountHash, accountOf } from './task-record.js';

/** The remembered answer to a submit with an idempotency key, as it is written down. */
export const answerRecordSchema = z.strictObject({
  account: z.string(),
  key: z.string().regex(/^[\x21-\x7e]{1,191}$/),
  bodyHash: z.string(),
  since: z.number(),
  until: z.number(),
  reply: z.strictObject({
    status: z.int().min(200).max(399),
    headers: z.record(z.string(), z.string()),
    body: z.string(),
    taskId: z.string().optional(),
  }),
});
export type AnswerRecord = z.output<typeof answerRecordSchema>;

export function toAnswerRecord({ accountKey, reply, ...rest }: KeptAnswer): unknown {
  const { status, headers, body, taskId } = reply;
  return { ...rest, account: accountHash(accountKey), reply: { status, headers, body, taskId } };
}

/** Puts a written answer back. Undefined where its account does not exist here. */
export function restoreAnswer(mock: VendorMock, record: AnswerRecord): KeptAnswer | undefined {
  const { account: hash, reply, ...rest } = record;
  const account = accountOf(mock, hash);
  if (account === undefined) return undefined;
  const { taskId, ...shown } = reply;
  const answer: KeptAnswer = {
    ...rest,
    accountKey: account.key,
    reply: { ...shown, ...(taskId === undefined ? {} : { taskId }) },
  };
  mock.idempotency.restore(answer);
  return answer;
}
