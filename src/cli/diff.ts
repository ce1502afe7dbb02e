import type { CommandModule } from 'yargs';
import type { Severity } from '../core/facts.js';
import { numberOption } from './options.js';

export interface DiffArguments {
  readonly before: string;
  readonly after: string;
  readonly 'fail-on': Severity;
  readonly factor: number;
  readonly report: readonly string[];
}

/** `proofsheet diff`: what has a vendor changed between two checks? */
export const diffCommand: CommandModule<object, DiffArguments> = {
  command: 'diff <before> <after>',
  describe: 'Show what has drifted between two reports of check',
  builder: (yargs) =>
    yargs
      .positional('before', { type: 'string', describe: 'The JSON report of a check', demandOption: true })
      .positional('after', { type: 'string', describe: 'That of a later one of the same vendor', demandOption: true })
      .options({
        'fail-on': {
          choices: ['error', 'warning', 'note'] as const,
          default: 'error',
          describe: 'Exit 1 from this severity on; error is what can break clients that worked before',
        },
        factor: {
          type: 'number',
          default: 2,
          describe: 'Durations count from so many times as long on',
          coerce: numberOption('--factor', 1, 1e6),
        },
        report: { type: 'string', array: true, default: [], describe: 'FORMAT=PATH with json or markdown; repeatable' },
      })
      .example('$0 diff monday.json today.json', 'what is new in answers, words, codes, timing and prices')
      .example('$0 diff mock.json vendor.json --fail-on warning', 'is the mock still like the vendor?')
      .example('$0 diff monday.json today.json --report markdown=drift.md', 'for the summary of a CI job') as never,
  handler: async (args) => {
    const { runDiffCommand } = await import('./diff-run.js');
    await runDiffCommand(args);
  },
};
