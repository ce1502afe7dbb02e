import { idFacts, unique } from '../contract-facts.js';
import type { Purpose } from '../evidence.js';
import { type Probe, SkipProbe, together } from '../probe.js';
import { pollCall } from '../requests.js';
import { plausibleTaskId } from '../task-ids.js';

/** More than any limit lets through at once that is worth the name. */
const many = 60;
/** A server may be busy for others as well, so one more 429 says nothing. */
const mostTries = 3;
const longestWaitMs = 60_000;

export const burst: Probe = {
  id: 'burst',
  title: 'More polls at once than a limit allows',
  rationale: 'A client that meets a limit must be told how long to wait, and that must be true.',
  depth: 'full',
  alone: true,
  tasks: () => 0,
  async run(context) {
    const { contract, target } = context;
    const poll = contract.poll;
    if (!context.loopback) throw new SkipProbe('a vendor is not to be flooded: only a server on this machine is');
    if (poll === undefined) throw new SkipProbe('this vendor has no tasks to ask for');
    const id = plausibleTaskId(contract, context.rng());
    const facts = unique(idFacts(contract), ['H14i']);
    const ask = (purposeCase: Purpose['case'], what: string) =>
      context.send(pollCall(target, poll, id, { case: purposeCase, what, facts }));
    const answers: Awaited<ReturnType<typeof ask>>[] = [];
    await together(
      Array.from({ length: many }, async () => {
        answers.push(await ask('burst', 'among many at once'));
      }),
    );
    // The last that was turned away was told the longest wait.
    let told = answers.findLast(({ status }) => status === 429);
    for (let tries = 0; told !== undefined && tries < mostTries; tries += 1) {
      const seconds = Number(told.exchange.answer?.headers['retry-after']);
      if (!Number.isFinite(seconds) || seconds < 0) return;
      await context.until(() => false, Math.min(seconds * 1000, longestWaitMs));
      const again = await ask('after-burst', 'after the announced wait');
      if (again.status !== 429) return;
      told = again;
    }
  },
};
