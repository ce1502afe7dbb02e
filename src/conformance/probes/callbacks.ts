import { parseDuration } from '../../core/duration.js';
import { withAt } from '../../core/pointer.js';
import { unique } from '../contract-facts.js';
import { type Probe, type ProbeSetting, SkipProbe, submitOf } from '../probe.js';
import { plainPrompt } from '../prompts.js';
import { minimalBody } from '../requests.js';

/** How long the first call may take after the end, in milliseconds: on this machine, and elsewhere. */
const patience = { near: 12_000, far: 60_000 };
/** Beyond what the contract says of the next attempt. */
const retrySlackMs = 2_000;
const longestLingerMs = 12_000;

function callsBack({ contract }: ProbeSetting): boolean {
  const task = contract.submit?.task;
  return task?.mode === 'poll' && task.request.callback !== undefined;
}

export const callbacks: Probe = {
  id: 'callbacks',
  title: 'A task that names a receiver',
  rationale: 'Whoever waits to be called instead of asking relies on a call that comes, is true, and comes again.',
  depth: 'full',
  tasks: (setting) => (callsBack(setting) && setting.hasReceiver ? 1 : 0),
  async run(context) {
    const operation = submitOf(context);
    const place = operation.task.request.callback;
    if (place === undefined || !callsBack(context)) throw new SkipProbe('this vendor calls nobody back');
    const { desk } = context;
    if (desk === undefined)
      throw new SkipProbe('needs a receiver that the vendor can call (--callback-url and --callback-port)');
    const rng = context.rng();
    const minimal = minimalBody(context.contract, operation, plainPrompt(rng));
    if (minimal === undefined) throw new SkipProbe('no legal request could be made from the contract');
    const rules = operation.task.callback ?? {};
    const retries = (rules.retries ?? []).map((text) => parseDuration(text));
    const [firstRetry = 0] = retries;
    // Where the contract promises another attempt, the first call is turned away to see it come.
    const hook = desk.open(
      `proofsheet-${rng.text('abcdefghijkmnpqrstuvwxyz23456789', 16)}`,
      firstRetry > 0 ? [500] : [],
    );
    const journey = await context.travel({
      operation,
      body: withAt(minimal, place, hook.url),
      purpose: {
        case: 'callback',
        what: 'that names a receiver',
        facts: unique(rules.facts, operation.facts),
        pointer: place,
      },
      calls: hook.calls,
    });
    if (journey.end === 'refused')
      return context.note(`the address of the receiver was refused with ${journey.submit.status}`);
    if (journey.end !== 'terminal') return;
    const { near, far } = patience;
    if (!(await context.until(() => hook.calls.length > 0, context.loopback ? near : far))) return;
    if (firstRetry === 0) return;
    const again = await context.until(() => hook.calls.length > 1, firstRetry * 1.5 + retrySlackMs);
    const [one, two] = hook.calls;
    if (!again || one === undefined || two === undefined) return;
    // A server that hurries does so with every attempt: what it would still send comes in the same proportion.
    const took = two.record.receivedAt - one.record.receivedAt;
    const rest = retries.slice(1).reduce((sum, ms) => sum + ms, 0);
    await context.until(() => hook.calls.length > 3, Math.min((rest / firstRetry) * took * 1.2, longestLingerMs));
  },
};
