import type { Job } from '../servers/kit.js';
import { type Mutant, mutant, type Variant, variant } from './mutant.js';

/** Clients of submits that hang up until the server has had enough. */
const mostGone = 5;

/** What any server may do wrong when a client hangs up. */
export function hangUpMutants(): Mutant[] {
  let gone = 0;
  return [
    mutant('hang-ups-lock-out', 'H18i', 'counts tasks whose clients hung up as unfinished for ever', {
      hungUp(job, by, server) {
        gone += by === 'submit' ? 1 : 0;
        if (gone > mostGone) server.lockOut(job.owner);
      },
    }),
  ];
}

/** The same for vendors whose tasks can be asked for. */
export function pollHangUpMutants(): Mutant[] {
  const left = new Set<string>();
  return [
    mutant('hang-up-cancels', 'H7', 'fails a task when somebody who asks for it hangs up', {
      hungUp: (job, by, server) => (by === 'poll' ? server.replace({ ...job, fails: true, runMs: 0 }) : undefined),
    }),
    mutant('hang-up-forgets', 'H7', 'forgets a task when somebody who asks for it hangs up', {
      hungUp: (job, by) => (by === 'poll' ? void left.add(job.id) : undefined),
      find: (own) => (own !== undefined && left.has(own.id) ? undefined : own),
    }),
  ];
}

/** What money may do wrong, for vendors that tell a balance; with the price of the plainest task. */
export function moneyMutants(price: (job: Job) => number): Mutant[] {
  return [
    mutant('charged-twice', 'H16', 'takes the price of a task twice', {
      charge: (charge) => ({ ...charge, amount: charge.amount * 2 }),
    }),
    mutant('failure-not-paid-back', 'H12', 'keeps what a failed task had taken', {
      charge: ({ amount }) => ({ amount }),
    }),
    mutant('hang-up-charged-twice', 'H16', 'takes the price again when the client of a submit hangs up', {
      hungUp: (job, by, server) => (by === 'submit' ? server.take(job.owner, { amount: price(job) }) : undefined),
    }),
    mutant('hang-up-keeps-deposit', 'H16', 'never gives a deposit back when the client of a submit hung up', {
      hungUp: (job, by, server) => (by === 'submit' ? server.take(job.owner, { amount: price(job) / 3 }) : undefined),
    }),
  ];
}

/** What is right to do about submits whose clients hang up: start them all, none, or some. */
export function moneyVariants(price: (job: Job) => number): Variant[] {
  let gone = 0;
  return [
    variant('hang-up-costs-nothing', 'a submit whose client hung up costs nothing', {
      hungUp: (job, by, server) => (by === 'submit' ? server.take(job.owner, { amount: -price(job) }) : undefined),
    }),
    variant('hang-up-costs-now-and-then', 'some submits whose clients hung up become tasks, others do not', {
      hungUp(job, by, server) {
        gone += 1;
        if (by === 'submit' && gone % 3 === 0) server.take(job.owner, { amount: -price(job) });
      },
    }),
  ];
}
