import type { FaultCode } from '../../src/core/fault-taxonomy.js';

/** One kind of defect that runners of this sort look for: who looks for it here, or why nobody can. */
export interface Oracle {
  /** `T01` … for what shows on whole tasks, else a name. */
  readonly id: string;
  readonly asserts: string;
  /** Ids of the checks that judge it. */
  readonly checks: readonly string[];
  /** What of it is not judged, and why. */
  readonly limits?: string;
}

const answer = (id: string, asserts: string, checks: readonly string[], limits?: string): Oracle => ({
  id,
  asserts,
  checks,
  ...(limits === undefined ? {} : { limits }),
});

const task = answer;

/** What other runners check on single answers. */
export const answerOracles: readonly Oracle[] = [
  answer('server-error', 'no 5xx', ['server-error']),
  answer('timeout', 'an answer comes in time', ['answers-whole']),
  answer('status-documented', 'the status is in the contract', ['status-documented']),
  answer('status-expected', 'the status that was meant came', [
    'valid-accepted',
    'error-envelope',
    'constraint-refused',
  ]),
  answer('body-schema', 'the body has the documented shape', ['body-schema']),
  answer('body-syntax', 'the body is what its content type says', ['content-type', 'answers-whole']),
  answer('content-type', 'the content type is there and documented', ['content-type']),
  answer('headers-schema', 'documented headers are there and typed', ['headers-documented']),
  answer('sse-event-schema', 'each event of a stream is as documented', ['stream-events']),
  answer('negative-rejected', 'each broken constraint is refused', ['constraint-refused', 'malformed-json-refused']),
  answer('positive-accepted', 'legal requests are taken', ['valid-accepted', 'clamp-honoured']),
  answer('missing-header', 'a request without a required header is refused', ['missing-key-refused']),
  answer('unsupported-method', 'a method that is not there is 405', ['route-unknown']),
  answer('allow-header', 'a 405 names the methods there are', ['allow-present']),
  answer(
    'hidden-endpoint',
    'nothing beside the contract answers',
    ['route-unknown'],
    'Methods beside the documented ones are tried on every path, paths are not guessed.',
  ),
  answer('auth-ignored', 'no key or a wrong one is 401', ['missing-key-refused', 'wrong-key-refused']),
  answer('auth-other-user', 'another account reads nothing', ['foreign-id-refused']),
  answer('anonymous-modify', 'nobody submits without a key', ['missing-key-refused']),
  answer('existence-leak', 'a foreign id looks like an unknown one', ['foreign-as-unknown']),
  answer(
    '401-vs-403',
    'a good key never gets 401',
    ['status-sane', 'missing-key-refused'],
    'WWW-Authenticate on a 401 is not asked for: no page promises it.',
  ),
  answer('stack-trace', 'no error shows how the server is built', ['no-stack-trace']),
  answer(
    'injection',
    'what is sent is not executed',
    ['callback-private-refused', 'server-error', 'prompt-echoed'],
    'Seen from outside are only crashes, changed echoes, and addresses that are taken although the page refuses them.',
  ),
  answer(
    'use-after-delete',
    'what was deleted is gone',
    [],
    'No vendor publishes an operation that deletes or cancels, and x-async-task describes none.',
  ),
  answer('available-after-create', 'a new id can be read', ['readable-at-once']),
  answer(
    'failed-create-leaks',
    'a refused submit leaves nothing behind',
    ['failure-refunded', 'error-envelope'],
    'A refusal gives out no id to ask for; what it leaves behind shows on the balance.',
  ),
  answer(
    'failed-modify-side-effect',
    'a refused change changes nothing',
    [],
    'Nothing can be changed: there is no PUT or PATCH.',
  ),
  answer(
    'child-of-other-parent',
    'an id belongs to its parent',
    ['foreign-id-refused'],
    'The only parent of a task is its account.',
  ),
  answer('invalid-id', 'mangled ids do not crash', ['unknown-id-refused', 'server-error']),
  answer('body-fuzz', 'mangled bodies do not crash', ['malformed-json-refused', 'constraint-refused', 'server-error']),
  answer('examples-work', 'documented examples are taken', ['valid-accepted']),
  answer(
    'location-valid',
    'Location leads somewhere',
    ['status-sane'],
    'Its form is judged; no contract here promises the header, so it is not followed.',
  ),
  answer('put-idempotent', 'PUT may be repeated', [], 'There is no PUT.'),
  answer('put-full', 'PUT replaces all', [], 'There is no PUT.'),
  answer('put-201-misuse', 'PUT answers 201 only when it creates', [], 'There is no PUT.'),
  answer('merge-patch', 'PATCH merges', [], 'There is no PATCH.'),
  answer('status-sanity', 'statuses mean what HTTP says', ['status-sane']),
  answer('429-documented', 'throttling is documented, and over after the wait', [
    'rate-limit-told',
    'retry-after-honoured',
    'status-documented',
  ]),
  answer('202-monitor', 'the place to ask at works, and its end is as promised', [
    'readable-at-once',
    'eventually-terminal',
    'body-schema',
  ]),
  answer(
    'spec-lint',
    'the contract does not contradict itself',
    [],
    'A contract is validated as it is loaded: its task block, every reference and fact, contradictory bounds, names that are not there or stand twice, examples and defaults, and the fields and words of the task block, with the place of each mistake; a broken one ends the run with exit code 2 before anything is sent.',
  ),
  answer(
    'backward-compat',
    'a new contract takes what the old one took',
    [],
    'It compares two contracts, and no server is asked.',
  ),
  answer(
    'coverage',
    'every operation, status and constraint was exercised',
    [],
    'A figure of the report rather than a judgement.',
  ),
  answer('liveness', 'background work comes to an end', ['eventually-terminal']),
];

/** What only shows on a whole task: all its answers, with their times. */
export const taskOracles: readonly Oracle[] = [
  task('T01', 'every status word is documented', ['status-known']),
  task('T02', 'no task goes back', ['transition-legal']),
  task('T03', 'nothing changes after the end', ['terminal-stable']),
  task('T04', 'progress never falls and stays within bounds', ['progress-monotonic', 'progress-within-bounds']),
  task('T05', 'every task ends', ['eventually-terminal']),
  task('T06', 'a new id can be read at once', ['readable-at-once']),
  task('T07', 'polling changes nothing', ['poll-safe', 'charge-exact']),
  task('T08', 'success has results that can be fetched', ['success-has-results', 'result-intact']),
  task('T09', 'failure has a reason', ['failure-has-reason']),
  task('T10', 'status, code in the body and status word tell one story', [
    'error-envelope',
    'body-schema',
    'echo-truthful',
  ]),
  task('T11', 'as many images come as were asked for', ['count-honoured']),
  task('T12', 'the bytes are as asked', ['size-honoured', 'format-honoured', 'alpha-honoured', 'default-honoured']),
  task('T13', 'numbers are moved into bounds as documented', ['clamp-honoured']),
  task('T14', 'forbidden pairs are refused', ['constraint-refused']),
  task('T15', 'limits are kept', ['constraint-refused']),
  task(
    'T16',
    'failure costs nothing',
    ['failure-costs-nothing', 'failure-refunded'],
    'The balance is judged on this machine alone: elsewhere other clients may share the account.',
  ),
  task('T17', 'success costs what is told, once', ['charge-exact', 'price-consistent'], 'As T16.'),
  task('T18', 'no more is taken than was reserved, and nothing without balance', [
    'reservation-holds',
    'balance-required',
  ]),
  task(
    'T19',
    'a repeated submit is one task',
    ['submit-idempotent'],
    'Only in a reading that promises a key for it, the dialect `idempotency` of one vendor (`--dialect idempotency`). In every other one a submit is unsafe to repeat, and none is repeated to see that.',
  ),
  task('T20', 'ids cannot be guessed', ['ids-unguessable', 'id-stable']),
  task(
    'T21',
    'ids are worth nothing to another account',
    ['foreign-id-refused', 'foreign-as-unknown'],
    'There is nothing to cancel.',
  ),
  task('T22', 'an unknown id is refused', ['unknown-id-refused']),
  task(
    'T23',
    'a task can be read for as long as promised',
    [],
    'No page promises a time for tasks; those of results lie a day away.',
  ),
  task(
    'T24',
    'a result can be fetched for as long as promised',
    ['lifetime-told', 'result-intact'],
    'The moment that is told is judged, not the end itself: it lies an hour to three days away.',
  ),
  task(
    'T25',
    'after the announced wait a request goes through',
    ['retry-after-honoured'],
    'A limit is met on purpose only on this machine.',
  ),
  task('T26', 'counts about limits agree with themselves', ['rate-headers-coherent']),
  task('T27', 'the advised pace is not throttled', ['poll-rate-tolerated']),
  task('T28', 'a receiver is called at least once', ['callback-delivered']),
  task('T29', 'a call says what a poll says', ['callback-equals-poll']),
  task('T30', 'calls come in order', ['callback-order']),
  task(
    'T31',
    'signatures verify',
    ['callback-signed'],
    'Standard Webhooks headers, where a server sends them; without --callback-secret only their form and moment.',
  ),
  task('T32', 'a call that was turned away comes again', ['callback-retried']),
  task('T33', 'a call comes soon', ['callback-timely']),
  task(
    'T34',
    'addresses inside the vendor’s network are refused',
    ['callback-private-refused'],
    'For receivers, where the page refuses them; no page says so of reference images.',
  ),
  task('T35', 'a cancelled task is cancelled', [], 'No vendor publishes an operation that cancels.'),
  task('T36', 'moments make sense', ['times-sane']),
  task(
    'T37',
    'the estimate is of use',
    [],
    'An estimate is no promise, so it is a figure and no judgement: the JSON report tells for each task how long it was told to take and took (`journeys[].estimate`), and over all of them by how much that was off (`estimates`).',
  ),
  task(
    'T38',
    'tasks beyond a cap wait or are refused, and none is lost',
    ['eventually-terminal', 'readable-at-once', 'terminal-stable'],
    'Seen on the tasks that run beside each other; no cap is met on purpose.',
  ),
  task('T39', 'a stream agrees with itself', ['stream-events', 'usage-adds-up']),
  task(
    'T40',
    'moderation refuses in one documented way',
    ['moderation-consistent', 'error-envelope', 'failure-has-reason', 'body-schema'],
    'By the prompt of --failing-prompt, sent several times on this machine and once elsewhere. Which name it is refused by is only judged as any failure is: nobody outside knows why a server refused.',
  ),
  task('T41', 'errors have a name that no language changes', ['error-names-constant']),
  task('T42', 'no cache keeps a poll', ['poll-not-cached']),
  task('T43', 'list and detail agree', [], 'No vendor publishes a list of tasks.'),
  task(
    'T44',
    'a task whose submit was cut off is true all the same',
    ['hang-up-charged-once', 'hang-up-harmless'],
    'Without an answer there is no id, so of a submit only the balance tells, where there is one to ask for: it may take nothing or one price, in the end. Of polls and streams that are cut off: the task goes on, and the server serves and frees its places.',
  ),
];

/** Codes of the public list of faults that no check reports, and why. */
export const unjudgedCodes: Readonly<Partial<Record<FaultCode, string>>> = {
  F102: 'No operation is a DELETE.',
  F104: 'No operation is a PATCH.',
  F109: 'No page promises the header.',
  F113: 'No vendor publishes an operation that deletes.',
  F114: 'There is no PUT or PATCH.',
  F115: 'There is no PUT.',
  F116: 'There is no PUT.',
  F117: 'There is no PUT.',
  F118: 'There is no PUT.',
  F119: 'There is no PATCH.',
  F120: 'No contract promises Location; where it comes its form is judged by `status-sane`.',
  F202: 'It is about the contract: every operation here asks for a key.',
  F203: 'It is about the contract: a status that it lacks is found by `status-documented`.',
  F300: 'From outside only a crash shows, which `server-error` reports as what it is.',
  F301: 'The answers are JSON and images; `prompt-echoed` finds echoes that were changed.',
  F303: 'Which fields are not for clients stands on no page.',
};
