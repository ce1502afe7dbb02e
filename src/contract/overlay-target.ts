/** One step of a target: a member by name, an entry by index, or all of them. */
export type TargetStep = { readonly name: string } | number | '*';

const step = /\.([A-Za-z_$][\w$-]*)|\.(\*)|\[(\d+)\]|\[(\*)\]|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]/y;

/**
 * The part of JSONPath that changes to a contract need: `$.a.b`, `$['a b']`, `[0]`, `.*` and `[*]`. Gives the steps, or
 * a sentence that says what is not understood.
 */
export function parseTarget(target: string): TargetStep[] | string {
  if (!target.startsWith('$')) return `must start with $, is ${JSON.stringify(target)}`;
  const steps: TargetStep[] = [];
  step.lastIndex = 1;
  while (step.lastIndex < target.length) {
    const at = step.lastIndex;
    const match = step.exec(target);
    if (match === null)
      return `is not understood from ${JSON.stringify(target.slice(at, at + 40))} on: known are .name, ['name'], [0], .* and [*]`;
    const [, plain, , index, , single, double] = match;
    const quoted = single ?? double;
    if (plain !== undefined) steps.push({ name: plain });
    else if (quoted !== undefined) steps.push({ name: quoted.replaceAll(/\\(.)/g, '$1') });
    else steps.push(index === undefined ? '*' : Number(index));
  }
  return steps;
}
