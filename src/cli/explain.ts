import type { CommandModule } from 'yargs';
import { vendorIds } from '../../specs/index.gen.js';

export interface ExplainArguments {
  readonly vendor: string;
  readonly what: string | undefined;
  readonly json: boolean;
}

const [first = 'vendor', second = first] = vendorIds;

/** `proofsheet explain`: where a constraint comes from, and what watches over it. */
export const explainCommand: CommandModule<object, ExplainArguments> = {
  command: 'explain <vendor> [what]',
  describe: 'Say where a constraint comes from and what watches over it',
  builder: (yargs) =>
    yargs
      .positional('vendor', { type: 'string', describe: `${vendorIds.join(', ')}, or FILE.yaml`, demandOption: true })
      .positional('what', {
        type: 'string',
        describe: 'A fact id, or a JSON pointer into the contract or into a body such as /size; all facts without it',
      })
      .options({ json: { type: 'boolean', default: false, describe: 'Print JSON' } })
      .example(`$0 explain ${first}`, 'every fact of the contract')
      .example(`$0 explain ${first} H6`, 'one fact: its evidence, where it is stated, what proves it')
      .example(`$0 explain ${second} /size`, 'a field of a request: its constraint and who says so')
      .example(`$0 explain ${second} /components/schemas`, 'a place of the contract') as never,
  handler: async (args) => {
    const { runExplainCommand } = await import('./explain-run.js');
    await runExplainCommand(args);
  },
};
