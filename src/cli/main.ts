#!/usr/bin/env node
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { ProofsheetError, UsageError } from '../core/errors.js';
import { exitCodes } from '../core/exit-codes.js';
import { packageVersion } from '../entry/version.js';
import { checkCommand } from './check.js';
import { diffCommand } from './diff.js';
import { explainCommand } from './explain.js';
import { loadCommand } from './load.js';
import { mockCommand } from './mock.js';
import { newVendorCommand } from './new-vendor.js';
import { tryCommand } from './try.js';

// A reader that leaves early (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.ok);
});

function report(error: unknown): void {
  const known = error instanceof ProofsheetError;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`proofsheet: ${known ? message : `internal fault: ${message}`}\n`);
  if (!known && process.env['PROOFSHEET_DEBUG'] !== undefined && error instanceof Error)
    process.stderr.write(`${error.stack ?? ''}\n`);
  process.exitCode = known ? error.exitCode : exitCodes.internal;
}

const parser = yargs(hideBin(process.argv))
  .scriptName('proofsheet')
  .usage('$0 <command>\n\nContract tests, mocks and load tests for asynchronous image-generation APIs.')
  // `--api-key K vendor` must not take the vendor for a second key.
  .parserConfiguration({ 'greedy-arrays': false, 'boolean-negation': false })
  .command(mockCommand)
  .command(checkCommand)
  .command(loadCommand)
  .command(diffCommand)
  .command(tryCommand)
  .command(explainCommand)
  .command(newVendorCommand)
  .demandCommand(1, 'Name a command.')
  .strict()
  .recommendCommands()
  .version(packageVersion())
  .help()
  .wrap(Math.min(110, process.stdout.columns ?? 110))
  .exitProcess(false)
  .fail((message, error: Error | undefined) => {
    // What yargs itself objects to, and what it wraps when an option's own check throws, is a wrong command line.
    if (error !== undefined && error.name !== 'YError') throw error;
    throw new UsageError(`${message ?? error?.message}\nSee proofsheet --help, or proofsheet <command> --help.`);
  });

try {
  await parser.parseAsync();
} catch (error) {
  report(error);
}
