import { type Asked, drop, get, type Job, put, type Reply } from '../servers/kit.js';
import { type Mutant, mutant, type PollPlaces } from './mutant.js';

/** A poll that was refused because nobody knows the task. */
function isUnknownTask({ status }: Reply, { method, path }: Asked): boolean {
  return method === 'GET' && (status === 404 || status === 400) && !path.includes('no-such');
}

const ended = (phase: string) => phase === 'done' || phase === 'failed';

/** A server that moves a task on with each poll instead of with time. */
function byPolls(poll: number, fails: boolean) {
  if (poll <= 1) return 'queued' as const;
  if (poll <= 3) return 'running' as const;
  return fails ? ('failed' as const) : ('done' as const);
}

/** Promises that any API with tasks makes, for vendors that poll. */
export function pollMutants({ id, submitId, status, words, facts, reason }: PollPlaces): Mutant[] {
  let given = 0;
  let same: string | undefined;
  const endings = new Map<string, number>();
  const busy = new Set<string>();
  const sinceEnd = (job: Job) => {
    const times = (endings.get(job.id) ?? 0) + 1;
    endings.set(job.id, times);
    return times;
  };
  return [
    mutant('foreign-task-readable', 'H9', 'shows a task to another account', { find: (own, anyone) => own ?? anyone }),
    mutant('foreign-task-told', 'H9', 'tells another account that a task exists', {
      reply: (reply, asked) => {
        const isForeign = asked.headers['authorization']?.endsWith('-other') && asked.method === 'GET';
        return isForeign && reply.status >= 400 ? { ...reply, status: reply.status === 400 ? 404 : 400 } : reply;
      },
    }),
    mutant('unknown-task-pending', facts.unknownTask, 'calls a task that does not exist waiting', {
      reply: (reply, asked) =>
        isUnknownTask(reply, asked)
          ? { status: 200, body: put(put({ code: 200, data: {}, error: {} }, status, words.queued), id, 'x') }
          : reply,
    }),
    mutant('unknown-task-crashes', facts.unknownTask, 'fails with 500 on a task that does not exist', {
      reply: (reply, asked) => (isUnknownTask(reply, asked) ? { ...reply, status: 500 } : reply),
    }),
    mutant('late-task', 'H12', 'does not know a task at the first poll', {
      find: (own, _anyone, _asked, poll) => (poll === 1 ? undefined : own),
    }),
    mutant('other-id', 'H12', 'gives a task another id when it is polled', {
      view: (body) => put(body, id, `${get(body, id)}0`),
    }),
    mutant('shared-id', 'H12', 'gives all tasks one id', {
      job: (job) => {
        same ??= job.id;
        return { ...job, id: same };
      },
    }),
    mutant('counting-ids', facts.id, 'counts its tasks in their ids', {
      job: (job) => {
        given += 1;
        const chance = /[a-z0-9]{15}(?=gptimg$)|[a-z0-9]{8}$|[A-Z0-9]{22}$/;
        return { ...job, id: job.id.replace(chance, (text) => `${given}`.padStart(text.length, '0')) };
      },
    }),
    mutant('poll-moves-task', 'H7', 'moves a task on with each poll', {
      phase: (_phase, job, { poll }) => byPolls(poll, job.fails),
    }),
    mutant('poll-restarts-task', 'H7', 'starts a task again when it is polled for the third time', {
      view: (body, _job, { phase, poll }) =>
        ended(phase) ? body : put(body, status, poll < 3 ? words.running : words.queued),
    }),
    mutant('one-poll-at-a-time', 'H7', 'does not find a task while somebody else asks for it', {
      find: (own, _anyone, { headers, path, query }) => {
        const reader = `${path}${query}${headers['authorization']}`;
        const isBusy = busy.has(reader);
        busy.add(reader);
        setImmediate(() => busy.delete(reader));
        return isBusy ? undefined : own;
      },
    }),
    mutant('result-changes', 'H8', 'delivers other images after the end', {
      url: (url, _job, poll) => url.replace(/-(\d+)\./, `-${poll}$1.`),
    }),
    mutant('end-is-not-final', 'H8', 'calls a finished task running again', {
      phase: (phase, job) => (ended(phase) && sinceEnd(job) === 2 ? 'running' : phase),
    }),
    mutant('forgets-at-once', 'H8', 'forgets a task once it has told its end', {
      reply: (reply, { path, query }) => {
        if (![words.done, words.failed].includes(String(get(reply.body, status)))) return reply;
        const times = (endings.get(path + query) ?? 0) + 1;
        endings.set(path + query, times);
        const gone = { code: 404, message: 'Gone', data: null, error: { code: 404, message: 'Gone', type: 'gone' } };
        return times > 1 ? { status: 404, body: gone } : reply;
      },
    }),
    mutant('reason-changes', 'H8', 'gives another reason for a failure at each poll', {
      view: (body, _job, { phase, poll }) => (phase === 'failed' ? put(body, reason, `Reason number ${poll}`) : body),
    }),
    mutant('never-ends', 'H12', 'never ends a task', {
      phase: (phase) => (phase === 'queued' ? phase : 'running'),
    }),
    mutant('flaky-polls', 'H12', 'fails with 500 on the second poll', {
      reply: (reply, { method, path, query }) => {
        const times = (endings.get(`p${path}${query}`) ?? 0) + 1;
        endings.set(`p${path}${query}`, times);
        return method === 'GET' && reply.status === 200 && times === 2 ? { ...reply, status: 500 } : reply;
      },
    }),
    mutant('own-word', facts.status, 'uses a status word of its own', {
      view: (body, _job, { phase }) => (phase === 'running' ? put(body, status, 'crunching') : body),
    }),
    mutant('word-in-capitals', facts.status, 'writes its words in another case', {
      view: (body) => {
        const word = String(get(body, status));
        return put(body, status, word === word.toUpperCase() ? word.toLowerCase() : word.toUpperCase());
      },
    }),
    mutant('word-as-number', facts.status, 'writes numbers instead of words', {
      view: (body, _job, { phase }) => put(body, status, ended(phase) ? 1 : 0),
    }),
    mutant('no-status', facts.status, 'leaves the status out while it works', {
      view: (body, _job, { phase }) => (phase === 'running' ? drop(body, status) : body),
    }),
    mutant('no-id', facts.accepted, 'leaves the id out of the answer that accepts a task', {
      accepted: (body) => drop(body, submitId),
    }),
  ];
}
