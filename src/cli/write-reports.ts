import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from '../core/errors.js';
import { reporterFor } from '../report/formats.js';
import type { ReportContext, Reporter } from '../report/report-context.js';

/** Writes a report in every asked format; folders on the way are made. */
export async function writeReports<Report>(
  report: Report,
  formats: ReadonlyMap<string, Reporter<Report>>,
  outputs: readonly { readonly format: string; readonly path: string }[],
  context?: ReportContext,
): Promise<void> {
  for (const { format, path } of outputs) {
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, reporterFor(formats, format)(report, context));
    } catch (error) {
      throw new UsageError(`--report ${format}=${path} cannot be written: ${(error as Error).message}`);
    }
  }
}
