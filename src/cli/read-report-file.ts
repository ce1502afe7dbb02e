import { readFile } from 'node:fs/promises';
import type { CheckReport } from '../core/check-report.js';
import { UsageError } from '../core/errors.js';
import { readCheckReport } from '../report/read-check-report.js';

/** Reads a JSON report of a check from a file. Throws a `UsageError` that names the file. */
export async function readReportFile(file: string, option = ''): Promise<CheckReport> {
  const name = `${option === '' ? '' : `${option} `}${file}`;
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(
      `${name} cannot be read: ${code === 'ENOENT' ? 'no such file' : code === 'EISDIR' ? 'is a folder' : message}`,
    );
  }
  return readCheckReport(text, name);
}
