import type { JournalQuery } from '../../journal.js';
import { jsonReply } from '../../message.js';
import { type ControlRoute, refuse, wholeNumber } from '../route.js';

const texts = ['vendor', 'operation', 'method', 'path', 'taskId'] as const;
const numbers = ['status', 'since', 'after'] as const;
const usualLimit = 100;

function readQuery(query: URLSearchParams): JournalQuery | undefined {
  const found: Record<string, string | number> = {};
  for (const name of texts) {
    const value = query.get(name);
    if (value !== null) found[name] = value;
  }
  for (const name of numbers) {
    const value = query.get(name);
    if (value === null) continue;
    if (!/^\d{1,15}$/.test(value)) return undefined;
    found[name] = Number(value);
  }
  return found;
}

const read: ControlRoute = {
  method: 'GET',
  path: '/journal',
  handle({ space }, { query }) {
    const wanted = readQuery(query);
    const limit = wholeNumber(query.get('limit'), usualLimit);
    if (wanted === undefined || limit === undefined)
      return refuse(400, 'status, since, after and limit take whole numbers');
    const entries = space.journal.list(wanted);
    return jsonReply(200, { count: entries.length, entries: limit === 0 ? [] : entries.slice(-limit) });
  },
};

const clear: ControlRoute = {
  method: 'DELETE',
  path: '/journal',
  handle({ space }) {
    const count = space.journal.count();
    space.journal.clear();
    return jsonReply(200, { deleted: count });
  },
};

export const journalRoutes: readonly ControlRoute[] = [read, clear];
