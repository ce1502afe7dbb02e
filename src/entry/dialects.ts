import { contractId } from '../contract/contract.js';
import { dialectNames } from '../contract/dialects.js';
import { UsageError } from '../core/errors.js';

/** Names of dialects by contract file, in the order given. */
export type ChosenDialects = ReadonlyMap<string, readonly string[]>;

interface Known {
  readonly file: string;
  readonly vendor: string;
  readonly names: readonly string[];
}

function listed(known: readonly Known[]): string {
  const some = known.filter(({ names }) => names.length > 0);
  return some.length === 0
    ? 'there are none'
    : `known are ${some.map(({ vendor, names }) => `${vendor}: ${names.join(', ')}`).join('; ')}`;
}

function find(text: string, known: readonly Known[]): { readonly file: string; readonly name: string } {
  const mark = text.lastIndexOf('=');
  const name = text.slice(mark + 1);
  const vendor = mark < 0 ? undefined : text.slice(0, mark);
  const among = vendor === undefined ? known : known.filter((one) => one.vendor === vendor || one.file === vendor);
  if (among.length === 0)
    throw new UsageError(
      `--dialect ${text} speaks of ${JSON.stringify(vendor)}, which is not served: ${known.map((one) => one.vendor).join(', ')}`,
    );
  const having = among.filter(({ names }) => names.includes(name));
  const [first, ...others] = having;
  if (first === undefined) throw new UsageError(`Unknown dialect ${JSON.stringify(name)}: ${listed(among)}`);
  if (others.length > 0)
    throw new UsageError(
      `Several vendors have a dialect ${name}: say which, as ${having.map((one) => `${one.vendor}=${name}`).join(' or ')}`,
    );
  return { file: first.file, name };
}

/** Which dialects were meant by `VENDOR=NAME` or a plain name. Throws a `UsageError` that lists the known ones. */
export async function chooseDialects(files: readonly string[], texts: readonly string[]): Promise<ChosenDialects> {
  const known = await Promise.all(
    files.map(async (file): Promise<Known> => ({ file, vendor: contractId(file), names: await dialectNames(file) })),
  );
  const chosen = new Map<string, string[]>();
  for (const text of texts) {
    const { file, name } = find(text, known);
    const names = chosen.get(file) ?? [];
    if (!names.includes(name)) chosen.set(file, [...names, name]);
  }
  return chosen;
}
