/** What the plain servers share: reading a request, writing an answer, and the places where a quirk may interfere. */
import type { Caller } from './calls.js';

/** A JSON object whose shape nobody has promised. */
export type Body = Record<string, unknown>;

/** A request, read to its end. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly bytes: Uint8Array;
  /** `http://127.0.0.1:4010` */
  readonly origin: string;
  /** Asks to be told if the client hangs up before it has the answer. */
  onGone(listener: () => void): void;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Written as JSON. */
  readonly body?: unknown;
  /** Written as it is, instead of `body`. */
  readonly raw?: string | Uint8Array;
  /** The connection ends in the middle of the answer. */
  readonly cut?: boolean;
}

export type Phase = 'queued' | 'running' | 'done' | 'failed';

/** One generation, with everything that was decided when it was submitted. */
export interface Job {
  readonly id: string;
  readonly owner: string;
  /** Unix milliseconds. */
  readonly bornAt: number;
  readonly body: Body;
  readonly width: number;
  readonly height: number;
  readonly format: 'png' | 'jpeg' | 'webp';
  readonly alpha: boolean;
  readonly count: number;
  readonly fails: boolean;
  readonly queuedMs: number;
  readonly runMs: number;
}

/** Money that a job takes, and when it comes back (Unix milliseconds), if ever. */
interface Charge {
  readonly amount: number;
  readonly backAt?: number;
}

/** What a server does of itself, for quirks that make it do so at the wrong time. */
export interface Server {
  /** Puts another job in the place of the one with its id. */
  replace(job: Job): void;
  take(owner: string, charge: Charge): void;
  /** Refuses an account from now on because it does too much at once. */
  lockOut(owner: string): void;
}

/** The first answer to a request with an idempotency key. */
export interface Kept {
  readonly text: string;
  readonly reply: Reply;
}

/** Where a job stands as somebody asks for it. */
interface Moment {
  readonly phase: Phase;
  /** Milliseconds since the submit. */
  readonly age: number;
  /** Since 1, this request included. */
  readonly poll: number;
  readonly now: number;
  readonly asked: Asked;
}

/** Changes to a server at named places: a mutant breaks one promise with them, a legal variant none. */
export interface Quirk {
  owner?(owner: string | undefined, asked: Asked): string | undefined;
  /** An answer of whatever stands before the server, which then never sees the request. */
  gate?(asked: Asked): Reply | undefined;
  /** What is wrong with a request, in words; undefined lets it in. */
  problem?(problem: string | undefined, body: Body): string | undefined;
  /** Whether moderation refuses the prompt. */
  moderated?(refused: boolean, body: Body): boolean;
  /** What is kept under an idempotency key; undefined makes the request a new one. */
  kept?(kept: Kept | undefined, asked: Asked): Kept | undefined;
  job?(job: Job): Job;
  /** The job that an id leads to; `anyone` is the one of whatever account. */
  find?(own: Job | undefined, anyone: Job | undefined, asked: Asked, poll: number): Job | undefined;
  phase?(phase: Phase, job: Job, moment: Omit<Moment, 'phase'>): Phase;
  /** What a job takes from its account; undefined where it stays as it is. */
  charge?(charge: Charge, job: Job): Charge;
  /** The client of a submit or a poll hung up. */
  hungUp?(job: Job, by: 'submit' | 'poll', server: Server): void;
  /** When a receiver is called first, in milliseconds after the submit. */
  callDelay?(ms: number, job: Job): number;
  /** Milliseconds before the next attempt. */
  callWait?(ms: number): number;
  /** What a receiver is told; undefined skips the attempt. */
  call?(body: Body | undefined, job: Job, attempt: number): Body | undefined;
  /** Whether another attempt follows. */
  callAgain?(again: boolean, attempt: number): boolean;
  /** The answer that accepts a job. */
  accepted?(body: Body, job: Job): Body;
  /** The answer about a job; for a vendor that answers at once, the answer with the pictures. */
  view?(body: Body, job: Job, moment: Moment): Body;
  /** Any answer of the API. */
  reply?(reply: Reply, asked: Asked): Reply;
  /** The answer to a path or method that does not exist. */
  unrouted?(reply: Reply, asked: Asked): Reply;
  /** The address of a picture. */
  url?(url: string, job: Job, poll: number): string;
  /** The download of a picture. */
  file?(reply: Reply, asked: Asked): Reply;
}

export interface PlainOptions {
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Multiplies every duration; 1 by default. */
  readonly pace?: number;
  readonly quirk?: Quirk;
  /** How receivers are reached; none is called without it. */
  readonly caller?: Caller;
  /** Multiplies the waits between calls; as `pace` by default. */
  readonly retryPace?: number;
}

/** A server without a socket; `listen` puts it behind one. */
export type Answer = (asked: Asked) => Promise<Reply>;

/** Applies a quirk where there is one. */
export function through<T>(hook: ((value: T, ...rest: never[]) => T) | undefined, value: T, ...rest: unknown[]): T {
  return hook === undefined ? value : (hook as (value: T, ...rest: unknown[]) => T)(value, ...rest);
}

function parts(place: string): string[] {
  return place.split('/').slice(1);
}

/** A copy with something else at `/data/0/status`. */
export function put<T>(body: T, place: string, value: unknown): T {
  const copy = structuredClone(body);
  const names = parts(place);
  const last = names.pop() ?? '';
  let at = copy as Body;
  for (const name of names) at = at[name] as Body;
  at[last] = value;
  return copy;
}

/** A copy without what stands at a place. */
export function drop<T>(body: T, place: string): T {
  const copy = structuredClone(body);
  const names = parts(place);
  const last = names.pop() ?? '';
  let at = copy as Body;
  for (const name of names) at = (at[name] ?? {}) as Body;
  delete at[last];
  return copy;
}

export function get(body: unknown, place: string): unknown {
  return parts(place).reduce<unknown>((at, name) => (at as Body | undefined | null)?.[name], body);
}

/** The reply with its JSON body changed. */
export function rewrite(reply: Reply, change: (body: Body) => Body): Reply {
  return reply.body === undefined ? reply : { ...reply, body: change(reply.body as Body) };
}

/** Whether a receiver would be in the vendor's own network, by the look of its address. */
export function isPrivate(address: unknown): boolean {
  const host = URL.canParse(String(address)) ? new URL(String(address)).hostname : '';
  return /^(10|127|0)\.|^192\.168\.|^169\.254\.|^172\.(1[6-9]|2\d|3[01])\.|^\[|^localhost$/.test(host);
}

/** A JSON object, or undefined where the bytes are none. */
export function readObject(bytes: Uint8Array): Body | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Body) : undefined;
  } catch {
    return undefined;
  }
}

/** The key of a bearer header. */
export function bearer({ headers }: Asked): string | undefined {
  return /^Bearer (\S+)$/.exec(headers['authorization'] ?? '')?.[1];
}

/** Random characters from the platform's own source. */
export function letters(length: number, alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789'): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join('');
}
