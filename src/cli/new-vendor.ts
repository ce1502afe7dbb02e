import type { CommandModule } from 'yargs';

export interface NewVendorArguments {
  readonly id: string;
}

/** `proofsheet new-vendor`: a contract to start from, green from the first minute. */
export const newVendorCommand: CommandModule<object, NewVendorArguments> = {
  command: 'new-vendor <id>',
  describe: 'Start a contract for another vendor',
  builder: (yargs) =>
    yargs
      .positional('id', { type: 'string', describe: 'Lower-case words joined by hyphens', demandOption: true })
      .example('$0 new-vendor acme-pictures', 'acme-pictures.yaml here; in the checkout, a folder in specs/') as never,
  handler: async ({ id }) => {
    const { scaffoldVendor } = await import('./new-vendor-scaffold.js');
    const { files, next } = scaffoldVendor(id, process.cwd());
    for (const file of files) process.stdout.write(`wrote ${file}\n`);
    process.stdout.write(`\nIt can be mocked and checked as it is:\n${next.map((line) => `  ${line}\n`).join('')}`);
  },
};
