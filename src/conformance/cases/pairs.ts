import { type Json, withAt } from '../../core/pointer.js';

/** What a parameter can be set to. */
export interface Values {
  readonly pointer: string;
  readonly values: readonly Json[];
}

interface Setting {
  readonly pointer: string;
  readonly value: Json;
  /** Number among all settings. */
  readonly id: number;
}

function apply(body: Json, settings: readonly Setting[]): Json {
  return settings.reduce((at, { pointer, value }) => withAt(at, pointer, value), body);
}

/** Pairs that have been seen to, whichever of the two is named first. */
function createPairs(settings: number) {
  const seen = new Uint8Array(settings * settings);
  return {
    isOpen: (one: Setting, other: Setting) => seen[one.id * settings + other.id] === 0,
    close(one: Setting, other: Setting) {
      seen[one.id * settings + other.id] = 1;
      seen[other.id * settings + one.id] = 1;
    },
  };
}

/**
 * Few legal bodies in which any two values that may stand together do so at least once. What is legal only beside a third
 * value is found as well, where the third is one of the parameter on which the others hang. Whether a pair is legal alone
 * is only asked where it is in none of the bodies yet: there are very many pairs, and most are legal.
 */
export function pairsOf(
  minimal: Json,
  parameters: readonly Values[],
  hangOn: string | undefined,
  isLegal: (body: Json) => boolean,
): Json[] {
  let count = 0;
  const settings = parameters.map(({ pointer, values }) =>
    values.map((value): Setting => ({ pointer, value, id: count++ })),
  );
  const pairs = createPairs(count);
  const helpers = settings.flat().filter(({ pointer }) => pointer === hangOn);

  /** The pair alone, or with a third value that makes it legal. */
  const startOf = (pair: readonly Setting[]): readonly Setting[] | undefined => {
    const isFree = pair.every(({ pointer }) => pointer !== hangOn);
    const tries = [pair, ...(isFree ? helpers.map((third) => [third, ...pair]) : [])];
    return tries.find((row) => isLegal(apply(minimal, row)));
  };

  /** Takes in of each other parameter the value that closes the most pairs and is legal beside the rest. */
  const bodyAround = (start: readonly Setting[]): Json => {
    const row = [...start];
    let body = apply(minimal, row);
    for (const list of settings) {
      if (row.some(({ pointer }) => pointer === list[0]?.pointer)) continue;
      const gain = (one: Setting) => row.filter((other) => pairs.isOpen(one, other)).length;
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
    for (const [index, one] of row.entries()) for (const other of row.slice(index + 1)) pairs.close(one, other);
    return body;
  };

  const bodies: Json[] = [];
  for (const [index, list] of settings.entries())
    for (const one of list)
      for (const other of settings.slice(index + 1).flat()) {
        if (!pairs.isOpen(one, other)) continue;
        const start = startOf([one, other]);
        if (start === undefined) pairs.close(one, other);
        else bodies.push(bodyAround(start));
      }
  return bodies;
}
