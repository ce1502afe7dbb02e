import { placeOf, readAnswer } from '../../contract/answer-shape.js';
import { type Check, type DraftFinding, findingAt, isAccepted, judgement } from '../check.js';
import { orElse, tasksOf, unique } from '../contract-facts.js';
import { isPolled, pollingOnly, taskProbes } from '../judging.js';

/** With fewer ids, neighbours could be chance. */
const fewest = 5;
/** Ids that lie no further apart than this can be found by trying. */
const closest = 64n;

/** In which base parts of ids count, by the digits that occur in them: else 99 and 100 would seem far apart. */
function baseOf(parts: readonly string[]): bigint {
  if (parts.every((part) => /^\d*$/.test(part))) return 10n;
  return parts.every((part) => /^[\da-f]*$/i.test(part)) ? 16n : 36n;
}

/** A part of an id as a number of that base, upper case or not. */
function numberOf(part: string, base: bigint): bigint {
  return [...part.toLowerCase()].reduce((sum, digit) => sum * base + BigInt(Number.parseInt(digit, 36) || 0), 0n);
}

/** Whether a part of ids is the moment at which they were given out, in seconds or milliseconds. */
function isMoment(parts: readonly string[], nowMs: number): boolean {
  return parts.every((part) => {
    if (!/^\d{10}(\d{3})?$/.test(part)) return false;
    const ms = Number(part.padEnd(13, '0'));
    return Math.abs(ms - nowMs) < 86_400_000;
  });
}

/** Whether the next id can be told from the ones before; by the parts in which they differ, the moment left out. */
function areGuessable(ids: readonly string[], nowMs: number): boolean {
  const split = ids.map((id) => id.split(/[^A-Za-z0-9]+/));
  const width = split[0]?.length ?? 0;
  if (split.some((parts) => parts.length !== width)) return false;
  const columns = Array.from({ length: width }, (_, column) => split.map((parts) => parts[column] ?? ''));
  return columns.every((parts) => {
    if (new Set(parts).size === 1 || isMoment(parts, nowMs)) return true;
    const ends = commonEnd(parts);
    const heads = parts.map((part) => part.slice(0, part.length - ends));
    const base = baseOf(heads);
    const values = heads.map((part) => numberOf(part, base)).sort((a, b) => (a < b ? -1 : 1));
    const middle = values.slice(1).map((value, index) => value - (values[index] ?? 0n));
    return middle.every((gap) => gap <= closest);
  });
}

/** How many characters at their end all texts have in common. */
function commonEnd(texts: readonly string[]): number {
  const [first = ''] = texts;
  let length = 0;
  while (length < first.length && texts.every((text) => text.at(-1 - length) === first.at(-1 - length))) length += 1;
  // Digits at the end of a counter can agree by chance; letters that always stand there are a suffix.
  while (length > 0 && /\d/.test(first.at(-length) ?? '')) length -= 1;
  return length;
}

export const idsUnguessable: Check = {
  id: 'ids-unguessable',
  title: 'Ids of tasks cannot be guessed',
  rationale: 'Ids that count up tell competitors how much is sold, and make every leak in access control a large one.',
  facts: [],
  covers: (contract) => unique(...tasksOf(contract).map(({ id }) => id?.facts)),
  faults: ['counts-ids'],
  judge(evidence) {
    const given = evidence.sent.flatMap((sent) => {
      const shape = sent.operation?.task?.answer;
      const id = shape === undefined || !isAccepted(sent) ? undefined : readAnswer(shape, sent.json).id;
      return typeof id === 'string' ? [{ sent, id }] : [];
    });
    // Tasks that share one id are judged by id-stable.
    const ids = [...new Set(given.map(({ id }) => id))];
    const last = given.at(-1)?.sent;
    const enough = ids.length >= fewest && last !== undefined;
    const task = last?.operation?.task;
    const findings: DraftFinding[] =
      enough && areGuessable(ids, last.exchange.finishedAt)
        ? [
            findingAt(evidence, [...given.slice(0, 2).map(({ sent }) => sent), last], {
              facts: orElse(task?.id?.facts, ['H9i']),
              pointer: placeOf(task?.answer ?? {}, 'id'),
              message: 'Ids of tasks follow one another',
              expected: 'ids that cannot be told from earlier ones',
              observed: ids.slice(0, 3).join(', '),
            }),
          ]
        : [];
    return judgement(evidence, enough ? 1 : 0, findings, {
      probes: taskProbes,
      unseen: `fewer than ${fewest} tasks were given ids`,
      absent: isPolled(evidence.contract) ? undefined : pollingOnly,
    });
  },
};
