import type { CommandModule } from 'yargs';
import { vendorIds } from '../../specs/index.gen.js';
import { numberOption } from './options.js';

interface TryArguments {
  readonly vendor: string;
  readonly prompt: string;
  readonly out: string;
  readonly 'base-url': string | undefined;
  readonly 'api-key': string | undefined;
  readonly model: string | undefined;
  readonly size: string | undefined;
  readonly count: number;
  readonly quality: string | undefined;
  readonly format: string | undefined;
  readonly background: 'transparent' | 'opaque' | 'auto' | undefined;
  readonly reference: readonly string[];
  readonly timeout: string;
}

const [first = 'vendor'] = vendorIds;

/** `proofsheet try`: one generation, followed to its end, saved as files. */
export const tryCommand: CommandModule<object, TryArguments> = {
  command: 'try <vendor> <prompt>',
  describe: 'Submit one generation, poll it with a progress bar, save the images',
  builder: (yargs) =>
    yargs
      .positional('vendor', { type: 'string', describe: `${vendorIds.join(', ')}, or FILE.yaml`, demandOption: true })
      .positional('prompt', { type: 'string', describe: 'What the picture shows', demandOption: true })
      .options({
        out: { type: 'string', default: '.', describe: 'Folder for the images' },
        'base-url': { type: 'string', describe: 'Stands in for the vendor’s server, for example a mock’s URL' },
        'api-key': { type: 'string', describe: 'Else PROOFSHEET_<VENDOR>_API_KEY; on loopback the mock’s own' },
        model: { type: 'string', describe: 'The vendor’s word' },
        size: { type: 'string', describe: 'Pixels such as 1024x1536, or the vendor’s word' },
        count: { type: 'number', default: 1, describe: 'Number of images', coerce: numberOption('--count', 1, 16) },
        quality: { type: 'string', describe: 'The vendor’s word' },
        format: { type: 'string', describe: 'png, jpeg or webp, as far as the vendor can' },
        background: { choices: ['transparent', 'opaque', 'auto'] as const, describe: 'As far as the vendor can' },
        reference: {
          type: 'string',
          array: true,
          default: [],
          describe: 'Address of a picture to start from; repeatable',
        },
        timeout: { type: 'string', default: '10m', describe: 'Give up waiting after this long; the task goes on' },
      })
      .example(
        `$0 try ${first} "A lighthouse at dusk" --out pictures --base-url http://127.0.0.1:4010/${first}`,
        'against a mock',
      )
      .example(
        `PROOFSHEET_${first.toUpperCase()}_API_KEY=… $0 try ${first} "A fox"`,
        'the real vendor; costs money',
      ) as never,
  handler: async (args) => {
    const { runTry } = await import('./try-run.js');
    await runTry(args);
  },
};

export type { TryArguments };
