import { type Json, withAt } from '../../core/pointer.js';

/** What a parameter can be set to. */
export interface Values {
  readonly pointer: string;
  readonly values: readonly Json[];
}

interface Setting {
  readonly pointer: string;
  readonly value: Json;
  /** Short name of pointer and value. */
  readonly key: string;
}

function pairKey(one: Setting, other: Setting): string {
  return one.key < other.key ? `${one.key}&${other.key}` : `${other.key}&${one.key}`;
}

function apply(body: Json, settings: readonly Setting[]): Json {
  return settings.reduce((at, { pointer, value }) => withAt(at, pointer, value), body);
}

/**
 * Few legal bodies in which any two values that may stand together do so at least once. What is legal only beside a third
 * value is found as well, where the third is one of the parameter on which the others hang.
 */
export function pairsOf(
  minimal: Json,
  parameters: readonly Values[],
  hangOn: string | undefined,
  isLegal: (body: Json) => boolean,
): Json[] {
  const settings = parameters.map(({ pointer, values }, index) =>
    values.map((value, at): Setting => ({ pointer, value, key: `${index}.${at}` })),
  );
  const helpers = settings.flat().filter(({ pointer }) => pointer === hangOn);
  const open = new Map<string, readonly Setting[]>();
  for (const [index, list] of settings.entries())
    for (const one of list)
      for (const other of settings.slice(index + 1).flat()) {
        const pair = [one, other];
        const isFree = pair.every(({ pointer }) => pointer !== hangOn);
        const tries = [pair, ...(isFree ? helpers.map((third) => [third, ...pair]) : [])];
        const legal = tries.find((row) => isLegal(apply(minimal, row)));
        if (legal !== undefined) open.set(pairKey(one, other), legal);
      }
  const bodies: Json[] = [];
  for (const [key, start] of open) {
    if (!open.has(key)) continue;
    const row = [...start];
    let body = apply(minimal, row);
    for (const list of settings) {
      if (row.some(({ pointer }) => pointer === list[0]?.pointer)) continue;
      const gain = (one: Setting) => row.filter((other) => open.has(pairKey(one, other))).length;
      const ranked = list.map((one) => ({ one, gain: gain(one) })).filter((each) => each.gain > 0);
      ranked.sort((one, other) => other.gain - one.gain);
      for (const { one } of ranked) {
        const more = withAt(body, one.pointer, one.value);
        if (!isLegal(more)) continue;
        row.push(one);
        body = more;
        break;
      }
    }
    for (const [index, one] of row.entries())
      for (const other of row.slice(index + 1)) open.delete(pairKey(one, other));
    bodies.push(body);
  }
  return bodies;
}
