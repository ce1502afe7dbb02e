import { NotJudgedError } from '../core/errors.js';
import type { Purpose, Sent } from './evidence.js';
import type { Recorder } from './recorder.js';
import { plainCall, pollCall, rawSubmitCall, type Target } from './requests.js';
import { jsonType } from './schema.js';
import { garbledTaskId } from './task-ids.js';

const probe = 'reachability';
/** A connection that breaks is a finding, not the end: only a server that breaks so many in a row cannot be judged. */
const mostBroken = 3;

function purpose(what: string): Purpose {
  return { case: 'reachability', what, facts: [] };
}

/** Requests with the key that create nothing: about a task that does not exist, and a submit that is no JSON. */
function firstCalls(target: Target) {
  const { contract } = target;
  const { poll, submit } = contract;
  const asks =
    poll === undefined
      ? []
      : [pollCall(target, poll, garbledTaskId.slice(0, 7), purpose('to see whether the server is there'))];
  const sends =
    submit === undefined
      ? []
      : [rawSubmitCall(target, submit, jsonType, '{', purpose('to see whether the key is known'))];
  const all = [...asks, ...sends];
  return all.length > 0 ? all : [plainCall(target, 'GET', '/', purpose('to see whether the server is there'))];
}

/** Makes sure that there is something to judge: the server answers, and does not refuse the key wherever it is shown. */
export async function preflight(target: Target, recorder: Recorder): Promise<void> {
  const refused: Sent[] = [];
  const calls = firstCalls(target);
  for (const call of calls) {
    let sent = await recorder.send(probe, call);
    for (let broken = 1; broken < mostBroken && sent.exchange.failure?.startsWith('reset'); broken += 1)
      sent = await recorder.send(probe, call);
    const failure = sent.exchange.failure;
    if (failure !== undefined)
      throw new NotJudgedError(
        `${target.baseUrl} cannot be judged: ${failure}. Is the server running, and is this its base URL (without the paths of the contract)?`,
      );
    if (sent.status !== 401) return;
    refused.push(sent);
  }
  if (refused.length === calls.length)
    throw new NotJudgedError(
      `${target.baseUrl} refuses the key with 401, so nothing can be judged. Is it a key of this vendor, and complete?`,
    );
}
