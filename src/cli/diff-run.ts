import { exitCodes } from '../core/exit-codes.js';
import { isAtLeast } from '../core/facts.js';
import { diffToConsole } from '../report/diff-console.js';
import { compareReports } from '../report/drift/compare-reports.js';
import { diffFormats } from '../report/formats.js';
import type { DiffArguments } from './diff.js';
import { parseReportOption } from './options.js';
import { readReportFile } from './read-report-file.js';
import { writeReports } from './write-reports.js';

export async function runDiffCommand(args: DiffArguments): Promise<void> {
  const outputs = args.report.map((text) => parseReportOption(text, [...diffFormats.keys()]));
  const [before, after] = [await readReportFile(args.before), await readReportFile(args.after)];
  const diff = compareReports(before, after, args.factor);
  const { isTTY, columns } = process.stdout;
  const width = columns === undefined ? {} : { width: columns };
  process.stdout.write(diffToConsole(diff, { color: isTTY === true, ...width }));
  await writeReports(diff, diffFormats, outputs);
  const breaks = diff.drifts.some(({ severity }) => isAtLeast(severity, args['fail-on']));
  process.exitCode = breaks ? exitCodes.violations : exitCodes.ok;
}
