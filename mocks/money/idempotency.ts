import type { AsyncTask } from '../../src/contract/async-task.js';
import { parseDuration } from '../../src/core/duration.js';
import { hash32 } from '../../src/platform/random.js';
import type { EngineReply, EngineRequest } from '../message.js';
import { errorReply } from '../replies/error-reply.js';

interface Kept {
  readonly bodyHash: string;
  readonly until: number;
  /** Absent while the first request is still being answered. */
  reply?: EngineReply;
}

/** Remembers answers by idempotency key, so that a repeated submit is one task and one charge. */
export interface IdempotencyStore {
  /** The reply to a submit: that of the first request with this key, or a refusal, or the work's own. */
  once(
    account: string,
    request: EngineRequest,
    now: number,
    work: () => EngineReply | Promise<EngineReply>,
  ): EngineReply | Promise<EngineReply>;
}

const passThrough: IdempotencyStore = { once: (_account, _request, _now, work) => work() };

/** Two hashes of the body: one of 32 bits would let two different requests look like one now and then. */
function bodyHash({ body, method, path }: EngineRequest): string {
  const text = body === undefined ? '' : Buffer.from(body).toString('latin1');
  return `${hash32(method, path, text)}.${hash32('second', text)}.${text.length}`;
}

/**
 * Keys are visible ASCII of at most 191 characters, kept for the contract's window. A vendor without the block ignores
 * the header, as its page promises nothing.
 */
export function createIdempotencyStore(task: AsyncTask): IdempotencyStore {
  const rule = task.idempotency;
  if (rule === undefined) return passThrough;
  const windowMs = parseDuration(rule.window);
  const kept = new Map<string, Kept>();

  const forget = (now: number) => {
    // Entries stand in the order of their arrival, so the old ones come first.
    for (const [key, entry] of kept) {
      if (entry.until > now) break;
      kept.delete(key);
    }
  };

  return {
    once(account, request, now, work) {
      const key = request.headers[rule.header.toLowerCase()];
      if (key === undefined) return work();
      if (!/^[\x21-\x7e]{1,191}$/.test(key))
        return errorReply(task, 'invalidRequest', `${rule.header} must be 1 to 191 visible ASCII characters`);
      forget(now);
      const slot = `${account} ${key}`;
      const before = kept.get(slot);
      const hash = bodyHash(request);
      if (before !== undefined) {
        if (before.bodyHash !== hash)
          return errorReply(task, 'idempotencyReused', 'This idempotency key was used for another request');
        if (before.reply === undefined)
          return errorReply(task, 'idempotencyInProgress', 'A request with this idempotency key is being answered', {
            headers: { 'retry-after': '1' },
          });
        const replayed = rule.replayedHeader === undefined ? {} : { [rule.replayedHeader.toLowerCase()]: 'true' };
        return { ...before.reply, headers: { ...before.reply.headers, ...replayed } };
      }
      const entry: Kept = { bodyHash: hash, until: now + windowMs };
      kept.set(slot, entry);
      const settle = (reply: EngineReply): EngineReply => {
        // A refusal started nothing, and a stream cannot be replayed: neither is remembered.
        if (reply.status >= 400 || reply.stream !== undefined) kept.delete(slot);
        else entry.reply = reply;
        return reply;
      };
      // A request that fails in the middle must not leave its key in progress for the whole window.
      const release = (error: unknown): never => {
        kept.delete(slot);
        throw error;
      };
      try {
        const reply = work();
        return reply instanceof Promise ? reply.then(settle, release) : settle(reply);
      } catch (error) {
        return release(error);
      }
    },
  };
}
