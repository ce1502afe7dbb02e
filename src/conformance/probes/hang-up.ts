import type { SubmitOperation } from '../../contract/contract.js';
import type { Json } from '../../core/pointer.js';
import { balanceEndpoint } from '../balance.js';
import { unique } from '../contract-facts.js';
import type { Journey, Purpose } from '../evidence.js';
import { endOf, hasSucceeded } from '../judging.js';
import { pricedBody } from '../priced-body.js';
import { type Probe, type ProbeContext, type ProbeSetting, SkipProbe, submitOf } from '../probe.js';
import { plainPrompt } from '../prompts.js';
import { minimalBody, submitCall } from '../requests.js';
import { streamable, streamBody } from '../streaming.js';

/** As many as an account may have tasks at once, so that places that are never freed show. Elsewhere each is paid. */
const manyNear = 8;
/** A task can fail by chance, so a failure is seen again before it is blamed on who hung up. */
const mostTasks = 2;
/** How often a submit that is turned away for the tasks before it is sent again, each time after they must have ended. */
const mostTurnedAway = 4;
const pollsCut = 3;
/** Milliseconds that tasks take where none has been seen: on this machine, and elsewhere. */
const unknownLife = { near: 2_000, far: 120_000 };

/** How many submits and streams are cut off: elsewhere only where something can be seen of what becomes of them. */
function cutsAt({ contract, loopback }: ProbeSetting) {
  const streams = streamable(contract).length > 0;
  if (loopback) return { submits: manyNear, streams: streams ? manyNear : 0 };
  return { submits: balanceEndpoint(contract) === undefined ? 0 : 1, streams: streams ? 1 : 0 };
}

function lifeOf({ journeys, loopback }: ProbeContext): number {
  const lives = journeys.flatMap((journey) => {
    const end = endOf(journey);
    return end === undefined ? [] : [end.at - journey.submit.exchange.startedAt];
  });
  return lives.length > 0 ? Math.max(...lives) : loopback ? unknownLife.near : unknownLife.far;
}

const purposeOf = (what: string): Purpose => ({ case: 'hung-up', what, facts: ['H18i'] });

async function cutStreams(context: ProbeContext, prompt: string, times: number): Promise<void> {
  const [operation] = streamable(context.contract);
  const body = operation === undefined ? undefined : streamBody(context.contract, operation, prompt, 2);
  if (operation === undefined || body === undefined) return;
  const call = submitCall(context.target, operation, body, purposeOf('for a stream, whose client hangs up half-way'));
  for (let time = 0; time < times; time += 1) await context.send({ ...call, hangUp: 'half-way' });
}

async function cutSubmits(context: ProbeContext, operation: SubmitOperation, body: Json, times: number): Promise<void> {
  if (times === 0) return;
  await context.travel({
    operation,
    body,
    purpose: purposeOf('whose client hangs up before the answer'),
    hangUp: { when: 'unread', settledAfterMs: lifeOf(context) * 2 },
    watchBalance: true,
    async meanwhile(call) {
      for (let time = 1; time < times; time += 1) await context.send(call);
    },
  });
}

/** A task that goes on after all that, while polls about it are cut off, too. */
async function oneMore(context: ProbeContext, operation: SubmitOperation, body: Json): Promise<Journey> {
  const facts = unique(operation.facts, ['H7']);
  for (let turnedAway = 0; ; turnedAway += 1) {
    const journey = await context.travel({
      operation,
      body,
      purpose: { case: 'valid', what: 'after clients that hung up', facts },
      pollsCut,
      watchBalance: true,
    });
    if (journey.submit.status !== 429 || turnedAway >= mostTurnedAway) return journey;
    await context.until(() => false, lifeOf(context) * 2);
  }
}

export const hangUp: Probe = {
  id: 'hang-up',
  title: 'Clients that hang up: before the answer to a submit, in a stream, and in polls',
  rationale: 'Connections break every day, and nobody should pay twice, wait for ever or be locked out for it.',
  depth: 'full',
  alone: true,
  tasks(setting) {
    if (setting.contract.submit === undefined) return 0;
    const { submits, streams } = cutsAt(setting);
    return submits + streams + (setting.contract.poll === undefined ? 1 : mostTasks);
  },
  async run(context) {
    const operation = submitOf(context);
    const { contract } = context;
    const prompt = plainPrompt(context.rng());
    const minimal = minimalBody(contract, operation, prompt);
    if (minimal === undefined) throw new SkipProbe('no legal request could be made from the contract');
    const body = pricedBody(contract, operation, minimal);
    const { submits, streams } = cutsAt(context);
    if (submits + streams > 0)
      context.note(`${submits + streams} submits were cut off: each may have become a task that nobody can ask for`);
    await cutSubmits(context, operation, body, submits);
    await cutStreams(context, prompt, streams);
    for (let task = 0; task < (contract.poll === undefined ? 1 : mostTasks); task += 1)
      if (hasSucceeded(await oneMore(context, operation, body))) return;
  },
};
