import type { Json } from '../src/core/pointer.js';
import type { EngineReply } from './message.js';

/** The reply with its JSON body changed; a reply that is no JSON stays as it is. */
export function changeJson(reply: EngineReply, change: (body: Json) => Json): EngineReply {
  if (typeof reply.body !== 'string') return reply;
  try {
    return { ...reply, body: JSON.stringify(change(JSON.parse(reply.body) as Json)) };
  } catch {
    return reply;
  }
}
