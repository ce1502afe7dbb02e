import { relative, resolve, sep } from 'node:path';
import { checks } from '../conformance/checks/index.gen.js';
import type { FilePlace, ReportContext } from '../report/report-context.js';
import { contractLines } from './contract-lines.js';
import { contractSource, resolveContract } from './contracts.js';
import { placeFinder } from './finding-places.js';

/** The folder that holds `specs` with the contracts' sources. */
const packageFolder = (source: string) => resolve(source, '..', '..', '..');

function within(folder: string, file: string): string | undefined {
  const path = relative(folder, file);
  return path === '' || path.startsWith('..') || resolve(folder, path) !== file ? undefined : path.split(sep).join('/');
}

/** A file as it can be named on any machine; one that lies elsewhere is named by its own name only. */
function named(file: string, source: string): Pick<FilePlace, 'path' | 'within'> {
  const own = within(process.cwd(), file);
  if (own !== undefined) return { path: own, within: 'folder' };
  const ours = within(packageFolder(source), file);
  return { path: ours ?? file.split(sep).slice(-2).join('/'), within: 'package' };
}

/**
 * What reporters show besides the report itself. Lines of the contract are only looked up when `lines` asks for them: a
 * shipped contract is read as JSON and has none, so its YAML has to be read, too.
 */
export async function reportContext(
  vendor: string,
  options: { readonly lines: boolean; readonly exitCode: number },
): Promise<ReportContext> {
  const contract = await resolveContract(vendor);
  const rationales = new Map(checks.map(({ id, rationale }) => [id, rationale]));
  const context: ReportContext = {
    exitCode: options.exitCode,
    rationale: (check) => rationales.get(check),
    fact: (id) => contract.facts.get(id),
  };
  if (!options.lines) return context;
  const source = contractSource(vendor);
  const lineOf = await contractLines(source);
  const find = placeFinder(contract);
  const file = named(resolve(source), source);
  return { ...context, place: (finding) => ({ ...file, line: lineOf(find(finding)) }) };
}
