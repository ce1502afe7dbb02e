import { readFile } from 'node:fs/promises';
import { isMap, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { UsageError } from '../../src/core/errors.js';
import { namedScenarios } from './named.js';
import { type Scenario, scenarioSchema } from './schema.js';

interface Mistake {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

function describe(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'the whole file' : path.map(String).join('.');
}

/** The offset of the innermost node that a path still leads to. */
function offsetOf(root: unknown, path: readonly PropertyKey[]): number | undefined {
  let at = root;
  let found: number | undefined;
  for (const step of path) {
    if (isMap(at)) {
      const pair = at.items.find((item) => String(item.key) === String(step));
      const key = pair?.key as Node | undefined;
      found = key?.range?.[0] ?? found;
      at = pair?.value;
    } else if (isSeq(at)) {
      at = at.items[Number(step)];
      found = (at as Node | undefined)?.range?.[0] ?? found;
    }
  }
  return found;
}

function check(raw: unknown, name: string, lineOf: (path: readonly PropertyKey[]) => string): Scenario {
  const parsed = scenarioSchema.safeParse(raw ?? {});
  if (parsed.success) return parsed.data;
  const mistakes: Mistake[] = parsed.error.issues.flatMap((issue): Mistake[] => {
    if (issue.code !== 'invalid_union') return [issue];
    // Of a choice, the branch with the deepest problem is the one that was meant; next, one whose type is right.
    const wrongType = (branch: (typeof issue.errors)[number]) => Number(branch[0]?.code === 'invalid_type');
    const depth = (branch: (typeof issue.errors)[number]) => branch[0]?.path.length ?? 0;
    const [meant] = [...issue.errors].sort(
      (one, other) => depth(other) - depth(one) || wrongType(one) - wrongType(other),
    );
    return meant?.map((one) => ({ path: [...issue.path, ...one.path], message: one.message })) ?? [issue];
  });
  const lines = mistakes.slice(0, 20).map(({ path, message }) => `  ${lineOf(path)}${describe(path)}: ${message}`);
  throw new UsageError(`${name} is not a usable scenario:\n${lines.join('\n')}`);
}

/** A scenario by name or by file (YAML or JSON). Throws a `UsageError` that names line, place and reason. */
export async function readScenario(nameOrFile: string): Promise<Scenario> {
  const named = Object.hasOwn(namedScenarios, nameOrFile) ? namedScenarios[nameOrFile] : undefined;
  if (named !== undefined) return check(named, nameOrFile, () => '');
  if (!/[\\/]|\.(ya?ml|json)$/i.test(nameOrFile))
    throw new UsageError(
      `Unknown scenario ${JSON.stringify(nameOrFile)}: known are ${Object.keys(namedScenarios).join(', ')}, or give a file`,
    );
  let text: string;
  try {
    text = await readFile(nameOrFile, 'utf8');
  } catch (error) {
    throw new UsageError(`The scenario ${nameOrFile} cannot be read: ${(error as Error).message}`);
  }
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  const [broken] = document.errors;
  if (broken !== undefined)
    throw new UsageError(
      `${nameOrFile} is not YAML: line ${lineCounter.linePos(broken.pos[0]).line}: ${broken.message.split('\n')[0]}`,
    );
  return check(document.toJS({ maxAliasCount: 100 }), nameOrFile, (path) => {
    const offset = offsetOf(document.contents, path);
    return offset === undefined ? '' : `line ${lineCounter.linePos(offset).line}, `;
  });
}
