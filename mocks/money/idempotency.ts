import type { AsyncTask } from '../../src/contract/async-task.js';
import { parseDuration } from '../../src/core/duration.js';
import { hash32 } from '../../src/platform/random.js';
import type { Account } from '../accounts.js';
import type { EngineReply, EngineRequest } from '../message.js';
import { errorReply } from '../replies/error-reply.js';
import { throughFaults, type VendorMock } from '../vendor-mock.js';

interface Kept {
  readonly accountKey: string;
  /** As the client chose it. */
  readonly key: string;
  readonly bodyHash: string;
  readonly since: number;
  readonly until: number;
  /** Absent while the first request is still being answered. */
  reply?: EngineReply;
}

/** An answer that will be given again. Moments are Unix milliseconds. */
export type KeptAnswer = Kept & { readonly reply: EngineReply };

/** Remembers answers by idempotency key, so that a repeated submit is one task and one charge. */
export interface IdempotencyStore {
  /** Whether the answer to this request will be remembered. */
  covers(request: EngineRequest): boolean;
  /**
   * The reply to a submit: that of the first request with this key, or a refusal, or the work's own. Where the mock keeps
   * its state, an answer is on the disk before it leaves.
   */
  once(
    mock: VendorMock,
    account: Account,
    request: EngineRequest,
    work: () => EngineReply | Promise<EngineReply>,
  ): EngineReply | Promise<EngineReply>;
  answers(now: number): KeptAnswer[];
  restore(answer: KeptAnswer): void;
  /** Forgets what was answered about a task that is gone. */
  forget(taskId: string): void;
}

const passThrough: IdempotencyStore = {
  covers: () => false,
  once: (_mock, _account, _request, work) => work(),
  answers: () => [],
  restore: () => undefined,
  forget: () => undefined,
};

/** Two hashes of the body: one of 32 bits would let two different requests look like one now and then. */
function bodyHash({ body, method, path }: EngineRequest): string {
  const text = body === undefined ? '' : Buffer.from(body).toString('latin1');
  return `${hash32(method, path, text)}.${hash32('second', text)}.${text.length}`;
}

function isAnswered(entry: Kept): entry is KeptAnswer {
  return entry.reply !== undefined;
}

/**
 * Keys are visible ASCII of at most 191 characters, kept for the contract's window. A vendor without the block ignores
 * the header, as its page promises nothing.
 */
export function createIdempotencyStore(task: AsyncTask): IdempotencyStore {
  const rule = task.idempotency;
  if (rule === undefined) return passThrough;
  const windowMs = parseDuration(rule.window);
  const header = rule.header.toLowerCase();
  const kept = new Map<string, Kept>();
  const slotOf = ({ accountKey, key }: Kept) => `${accountKey} ${key}`;

  const forgetOld = (now: number) => {
    // Entries stand in the order of their arrival, so the old ones come first.
    for (const [slot, entry] of kept) {
      if (entry.until > now) break;
      kept.delete(slot);
    }
  };

  const again = (mock: VendorMock, account: Account, before: Kept, request: EngineRequest): EngineReply => {
    const isSame = before.bodyHash === bodyHash(request);
    if (!throughFaults(mock, isSame, (at, { fault }) => fault.sameRequest?.(at) ?? at, request))
      return errorReply(task, 'idempotencyReused', 'This idempotency key was used for another request');
    if (!isAnswered(before))
      return errorReply(task, 'idempotencyInProgress', 'A request with this idempotency key is being answered', {
        headers: { 'retry-after': '1' },
      });
    const replayed = rule.replayedHeader === undefined ? {} : { [rule.replayedHeader.toLowerCase()]: 'true' };
    const reply = throughFaults(mock, before.reply, (at, { fault }) => fault.replayed?.(at, account) ?? at, request);
    return { ...reply, headers: { ...reply.headers, ...replayed } };
  };

  return {
    covers: (request) => request.headers[header] !== undefined,
    once(mock, account, request, work) {
      const key = request.headers[header];
      if (key === undefined) return work();
      if (!/^[\x21-\x7e]{1,191}$/.test(key))
        return errorReply(task, 'invalidRequest', `${rule.header} must be 1 to 191 visible ASCII characters`);
      const now = mock.clock.now();
      forgetOld(now);
      const entry: Kept = {
        accountKey: account.key,
        key,
        bodyHash: bodyHash(request),
        since: now,
        until: now + windowMs,
      };
      const slot = slotOf(entry);
      const before = kept.get(slot);
      if (before !== undefined) return again(mock, account, before, request);
      kept.set(slot, entry);
      const settle = (reply: EngineReply): EngineReply | Promise<EngineReply> => {
        // A refusal started nothing, and a stream cannot be replayed: neither is remembered.
        if (reply.status >= 400 || reply.stream !== undefined) {
          kept.delete(slot);
          return reply;
        }
        const remember = () => {
          entry.reply = reply;
          return reply;
        };
        return mock.recorder === undefined
          ? remember()
          : mock.recorder.answer(mock, { ...entry, reply }).then(remember);
      };
      // A request that fails in the middle must not leave its key in progress for the whole window.
      const release = (error: unknown): never => {
        kept.delete(slot);
        throw error;
      };
      try {
        const reply = work();
        return reply instanceof Promise ? reply.then(settle).catch(release) : settle(reply);
      } catch (error) {
        return release(error);
      }
    },
    answers: (now) => [...kept.values()].filter(isAnswered).filter(({ until }) => until > now),
    restore: (answer) => void kept.set(slotOf(answer), answer),
    forget(taskId) {
      for (const [slot, { reply }] of kept) if (reply?.taskId === taskId) kept.delete(slot);
    },
  };
}
