/**
 * Runs one task per virtual user: a submit, then polls by the policy until it ends. Made by proofsheet; the facts below are
 * the contract's. The key comes from the environment. Metrics have the names of proofsheet's JSON report.
 */
'use strict';

const facts = __FACTS__;

const LONGEST_RETRY_AFTER_MS = 60_000;
const MAX_REFUSALS = 3;
let started = 0;

const now = () => performance.timeOrigin + performance.now();

function key() {
  const value = process.env[facts.keyVariable];
  if (!value) throw new Error(`The key is missing: set ${facts.keyVariable}`);
  return value;
}

function valueAt(body, tokens) {
  let at = body;
  for (const token of tokens) {
    if (at === null || typeof at !== 'object' || !Object.hasOwn(at, token)) return undefined;
    at = at[token];
  }
  return at;
}

function read(places, response) {
  let body;
  try {
    body = typeof response.body === 'string' ? JSON.parse(response.body) : response.body;
  } catch {
    body = undefined;
  }
  const view = {};
  for (const { name, tokens } of places) {
    const value = valueAt(body, tokens);
    if (value !== undefined) view[name] = name === 'status' && typeof value === 'number' ? String(value) : value;
  }
  const phase = Object.hasOwn(facts.words, String(view.status)) ? facts.words[String(view.status)] : undefined;
  return { ...view, phase };
}

function isOk(response) {
  return response.statusCode >= 200 && response.statusCode < 300;
}

/** By the names of the JSON report; answers 429 are counted by themselves, too. */
function countRefusal(kind, { statusCode }, events) {
  events.emit('counter', `errors.${kind} ${statusCode}`, 1);
  if (statusCode === 429) events.emit('counter', 'metrics.throttled', 1);
}

function finish(task, outcome, events, response) {
  if (task.done) return;
  task.done = true;
  events.emit('counter', `tasks.${outcome}`, 1);
  if (outcome === 'abandoned') return;
  events.emit('histogram', 'polls.perTask', task.polls);
  const readyAt = Number(response?.headers['x-proofsheet-ready-at']);
  if (!Number.isFinite(readyAt)) return;
  const at = now();
  events.emit('histogram', 'timeToDetectMs', Math.max(0, at - readyAt));
  if (readyAt > task.startedAt)
    events.emit('histogram', 'metrics.detectionInflation', (at - task.startedAt) / (readyAt - task.startedAt));
}

/** Line and place in the table of waits: beyond its end the last ones come again. */
function policyWaitMs(task) {
  const line = facts.waitsMs[task.number % facts.waitsMs.length];
  const index = task.polls;
  if (index < line.length) return line[index];
  const tail = Math.max(1, Math.ceil(line.length / 2));
  return line[line.length - tail + ((index - line.length) % tail)];
}

function retryAfterMs(response) {
  const text = response.headers['retry-after'];
  if (text === undefined) return 0;
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return ms > 0 ? Math.min(ms, LONGEST_RETRY_AFTER_MS) : 0;
}

function planPoll(task, response, events) {
  task.plannedAt = now() + Math.max(1, retryAfterMs(response) || policyWaitMs(task));
  if (task.plannedAt >= task.startedAt + facts.timeoutMs) finish(task, 'abandoned', events);
}

module.exports = {
  beforeSubmit(request, context, events, done) {
    started += 1;
    const at = now();
    context.vars.task = { number: started, startedAt: at, plannedAt: at, polls: 0, refusals: 0, done: false };
    request.headers = { ...request.headers, authorization: `Bearer ${key()}`, 'content-type': 'application/json' };
    request.body = facts.body.replace(facts.numbered, () => facts.numbered.replace('0', String(started)));
    events.emit('counter', 'tasks.started', 1);
    done();
  },

  afterSubmit(_request, response, context, events, done) {
    const { task } = context.vars;
    events.emit('histogram', 'latencyMs.submit', now() - task.plannedAt);
    if (!isOk(response)) countRefusal('submit', response, events);
    const view = read(facts.submit.places, response);
    if (!isOk(response) || typeof view.id !== 'string' || view.id === '') finish(task, 'abandoned', events);
    else {
      task.phase = view.phase;
      context.vars.taskId = encodeURIComponent(view.id);
      planPoll(task, response, events);
    }
    done();
  },

  waitForPoll(context, _events, done) {
    const { task } = context.vars;
    if (task.done) done();
    else setTimeout(done, task.plannedAt - now());
  },

  isRunning: (vars) => !vars.task.done,

  beforePoll(request, context, _events, done) {
    context.vars.task.polls += 1;
    request.headers = { ...request.headers, authorization: `Bearer ${key()}` };
    done();
  },

  afterPoll(_request, response, context, events, done) {
    const { task } = context.vars;
    events.emit('histogram', 'latencyMs.poll', now() - task.plannedAt);
    events.emit('counter', 'polls.total', 1);
    const { statusCode } = response;
    if (!isOk(response)) {
      countRefusal('poll', response, events);
      const refused = statusCode < 500 && ![408, 425, 429].includes(statusCode);
      task.refusals = refused ? task.refusals + 1 : 0;
      if (task.refusals >= MAX_REFUSALS) finish(task, 'abandoned', events);
      else planPoll(task, response, events);
      return done();
    }
    const { phase } = read(facts.poll.places, response);
    task.refusals = 0;
    if (phase !== undefined && phase === task.phase) events.emit('counter', 'polls.wasted', 1);
    task.phase = phase ?? task.phase;
    if (phase === undefined) finish(task, 'abandoned', events);
    else if (['succeeded', 'failed', 'cancelled'].includes(phase)) finish(task, phase, events, response);
    else planPoll(task, response, events);
    done();
  },

  /** A request without an answer ends a virtual user, and with it its task. */
  onError(error, _request, context, events, done) {
    events.emit('counter', `errors.${error.code ?? error.name}`, 1);
    if (context.vars.task) finish(context.vars.task, 'abandoned', events);
    done();
  },

  again: (context, next) => next(!context.vars.task.done),
};
