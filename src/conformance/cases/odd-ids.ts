import type { ErrorKind } from '../../contract/async-task.js';

/** An id in a poll that belongs to no task. */
export interface OddId {
  /** Completes "a request …". */
  readonly what: string;
  readonly id: string;
  readonly more?: true;
}

/** Refusals of an id that is not even one; the path it stands in may be none either. */
export const oddIdRefusals: readonly ErrorKind[] = ['unknownTask', 'malformedTaskId', 'invalidRequest', 'notFound'];

/** Ids that no vendor gives out. They stand in the URL as one encoded part, so that a server sees just one id. */
export function oddIds(plausible: string): readonly OddId[] {
  const of = (what: string, id: string): OddId => ({ what, id, more: true });
  return [
    { what: 'for a garbled task id', id: `no'such"task <&> %00` },
    of('for a task id in capitals', plausible.toUpperCase() === plausible ? `${plausible}X` : plausible.toUpperCase()),
    of('for a task id that lacks its end', plausible.slice(0, -1)),
    of('for a task id with something behind it', `${plausible}0`),
    of('for a task id between blanks', ` ${plausible} `),
    of('for a task id with a line break', `${plausible}\n`),
    of('for a task id of three hundred characters', plausible.padEnd(300, '0')),
    of('for a task id of one character', '0'),
    of('for a task id that is a number', '1'),
    of('for a task id that is a negative number', '-1'),
    of('for a task id that is null', 'null'),
    of('for a task id that is undefined', 'undefined'),
    of('for a task id in Chinese', '任务一'),
    of('for a task id with an emoji', `${plausible}🗼`),
    of('for a task id shaped like SQL', `${plausible}' OR '1'='1`),
    of('for a task id shaped like HTML', '<script>alert(1)</script>'),
    of('for a task id shaped like a template', '{{7*7}}'),
    of('for a task id shaped like a wildcard', '*'),
    of('for two task ids in one', `${plausible},${plausible}`),
    of('for a task id that is JSON', '{"$ne":null}'),
    of('for a task id that names a prototype', '__proto__'),
  ];
}

/**
 * Paths and queries that careless routers and URL parsers trip over, as they stand behind the poll's path up to the id.
 * What answers them may be a gate in front of the server.
 */
export function oddPlaces(plausible: string): readonly OddId[] {
  const of = (what: string, id: string): OddId => ({ what, id, more: true });
  return [
    of('for an empty task id', ''),
    of('for a task id with an encoded slash', `${plausible}%2F..%2F${plausible}`),
    of('for a task id that is encoded twice', encodeURIComponent(encodeURIComponent(`${plausible}/a b`))),
    of('for a task id with a broken escape', `${plausible}%zz`),
    of('for a task id with half an escape', `${plausible}%`),
    of('for a task id with an escape that is no UTF-8', `${plausible}%ff%fe`),
    of('for a task id with an encoded null character', `${plausible}%00`),
    of('for a task id of six thousand characters', plausible.padEnd(6_000, '0')),
    of('for a task id with a semicolon', `${plausible};v=1`),
    of('for a task id with plus signs', `+${plausible}+`),
  ];
}
