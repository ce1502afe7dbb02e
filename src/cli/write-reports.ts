import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from '../core/errors.js';
import { type Reporter, reporterFor } from '../report/formats.js';

/** Writes a report in every asked format; folders on the way are made. */
export async function writeReports<Report>(
  report: Report,
  formats: ReadonlyMap<string, Reporter<Report>>,
  outputs: readonly { readonly format: string; readonly path: string }[],
): Promise<void> {
  for (const { format, path } of outputs) {
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, reporterFor(formats, format)(report));
    } catch (error) {
      throw new UsageError(`--report ${format}=${path} cannot be written: ${(error as Error).message}`);
    }
  }
}
