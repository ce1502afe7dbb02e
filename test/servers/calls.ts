/** Calling a receiver when a job has ended, and again while it does not take the call. */
import { type Body, type Job, type Quirk, through } from './kit.js';

/** How a server reaches receivers, and how it waits. */
export interface Caller {
  /** What the addresses of receivers on this machine start with: the only ones that are called. */
  readonly receiver: string;
  send(url: string, body: string): Promise<number>;
  sleep(ms: number): Promise<void>;
}

/** What a vendor's pages say of its calls. */
export interface CallRules {
  /** The field of a request that names the receiver. */
  readonly field: string;
  /** Appended to the address. */
  readonly suffix?: string;
  /** Milliseconds before the second, third, … attempt. */
  readonly retries: readonly number[];
  /** Whether nothing more is sent after this status. */
  isFinal(status: number): boolean;
}

/** More attempts than any vendor makes, so that not even a broken server goes on for ever. */
const mostAttempts = 12;

/** Makes the calls about one job; `body` is what a poll would say at that moment. */
export async function callBack(
  { send, sleep }: Caller,
  rules: CallRules,
  job: Job,
  wait: { readonly untilEndMs: number; readonly retryPace: number },
  body: () => Body,
  quirk: Quirk,
): Promise<void> {
  const url = `${String(job.body[rules.field])}${rules.suffix ?? ''}`;
  await sleep(through(quirk.callDelay, wait.untilEndMs, job));
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    const told = through<Body | undefined>(quirk.call, body(), job, attempt);
    const status = told === undefined ? 200 : await send(url, JSON.stringify(told)).catch(() => 599);
    const retry = rules.retries[attempt - 1];
    if (!through(quirk.callAgain, retry !== undefined && !rules.isFinal(status), attempt)) return;
    await sleep(through(quirk.callWait, retry ?? rules.retries.at(-1) ?? 1_000) * wait.retryPace);
  }
}
