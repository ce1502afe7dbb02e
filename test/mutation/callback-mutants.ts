import { put } from '../servers/kit.js';
import { type Mutant, mutant, type PollPlaces, type Variant, variant } from './mutant.js';

/** What a vendor may do wrong when it calls a receiver back; some only where its page promises another attempt. */
export function callbackMutants({ id, status, words, facts, retries }: PollPlaces): Mutant[] {
  return [
    mutant('call-lost', facts.callback, 'calls no receiver', { call: () => undefined }),
    mutant('call-empty', facts.callback, 'calls with an empty object', { call: () => ({}) }),
    mutant('call-wrong-id', facts.callback, 'names another task in its calls', {
      call: (body) => (body === undefined ? body : put(body, id, `${words.done}-0`)),
    }),
    mutant('call-other-end', facts.callback, 'calls a task failed that has succeeded', {
      call: (body) => (body === undefined ? body : put(body, status, words.failed)),
    }),
    mutant('call-too-soon', facts.callback, 'calls while the task is at work, and not when it has ended', {
      callDelay: (ms) => ms / 2,
      call: (body) => (body === undefined ? body : put(body, status, words.running)),
    }),
    mutant('call-late', 'H13i', 'calls half a minute after the end', { callDelay: (ms) => ms + 10_000 }),
    ...(retries
      ? [
          mutant('call-goes-back', 'H13i', 'tells that a task is at work after it told of its end', {
            call: (body, _job, attempt) =>
              body === undefined || attempt === 1 ? body : put(body, status, words.running),
          }),
          mutant('call-once', facts.callback, 'does not call again after it was turned away', {
            callAgain: () => false,
          }),
          mutant('call-unending', facts.callback, 'goes on calling a receiver that has taken the call', {
            callAgain: (_, attempt) => attempt < 8,
            callWait: () => 500,
          }),
        ]
      : []),
  ];
}

/** What a vendor may do when it calls back. */
export const callbackVariants: readonly Variant[] = [
  variant('call-twice', 'a receiver that has taken a call is called once more', {
    callAgain: (again, attempt) => again || attempt === 2,
  }),
  variant('call-after-a-while', 'a receiver is called two seconds after the end', { callDelay: (ms) => ms + 2_000 }),
  variant('call-with-more', 'calls have fields that no page names', {
    call: (body) => (body === undefined ? body : { ...body, event: 'task.ended', attempt: 1 }),
  }),
];
