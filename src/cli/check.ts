import type { CommandModule } from 'yargs';
import { vendorIds } from '../../specs/index.gen.js';
import type { Severity } from '../core/facts.js';
import { durationOption, numberOption, optionalNumber } from './options.js';

export interface CheckArguments {
  readonly vendor: string;
  readonly 'base-url': string | undefined;
  readonly 'api-key': string | undefined;
  readonly 'other-key': string | undefined;
  readonly 'poor-key': string | undefined;
  readonly depth: 'free' | 'smoke' | 'full' | undefined;
  readonly 'max-tasks': number | undefined;
  readonly seed: number;
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly 'poll-interval': number | undefined;
  readonly timeout: number | undefined;
  readonly 'failing-prompt': string | undefined;
  readonly from: string | undefined;
  readonly oracle: 'prism' | undefined;
  readonly dialect: readonly string[];
  readonly 'callback-url': string | undefined;
  readonly 'callback-port': number | undefined;
  readonly 'callback-secret': string | undefined;
  readonly 'fail-on': Severity;
  readonly baseline: string | undefined;
  readonly report: readonly string[];
  readonly verbose: boolean;
}

const [first = 'vendor', second = first] = vendorIds.filter((id) => id !== vendorIds[0]);

/** Options that say how something is sent; with a recording nothing is. */
const sending = [
  ...['base-url', 'api-key', 'other-key', 'poor-key', 'depth', 'max-tasks', 'poll-interval', 'timeout'],
  'failing-prompt',
];

/** `proofsheet check`: what does this endpoint really do, beside what its contract promises? */
export const checkCommand: CommandModule<object, CheckArguments> = {
  command: 'check <vendor>',
  describe: 'Judge an endpoint against its contract',
  builder: (yargs) =>
    yargs
      .positional('vendor', { type: 'string', describe: `${vendorIds.join(', ')}, or FILE.yaml`, demandOption: true })
      .options({
        'base-url': { type: 'string', describe: 'Stands in for the vendor’s server; without it the real one is asked' },
        'api-key': { type: 'string', describe: 'Else PROOFSHEET_<VENDOR>_API_KEY; on loopback the mock’s own' },
        'other-key': { type: 'string', describe: 'A second account, to see whether tasks of others can be read' },
        'poor-key': { type: 'string', describe: 'An account without balance' },
        depth: {
          choices: ['free', 'smoke', 'full'] as const,
          describe: 'free creates no task, smoke one, full all that is needed; full on loopback, else free',
        },
        'max-tasks': {
          type: 'number',
          describe: 'Never create more tasks than this',
          coerce: optionalNumber('--max-tasks', 0, 1e6),
        },
        seed: {
          type: 'number',
          default: 1,
          describe: 'Equal seeds send equal requests',
          coerce: numberOption('--seed', 0, 2 ** 31),
        },
        only: { type: 'string', array: true, default: [], describe: 'Id of a check to judge by; repeatable' },
        skip: { type: 'string', array: true, default: [], describe: 'Id of a check to leave out; repeatable' },
        'poll-interval': {
          type: 'string',
          describe: 'Wait this long between polls',
          coerce: durationOption('--poll-interval'),
        },
        timeout: {
          type: 'string',
          describe: 'A task that has not ended after this long never ends',
          coerce: durationOption('--timeout'),
        },
        'failing-prompt': { type: 'string', describe: 'A prompt that the vendor’s moderation refuses' },
        from: {
          type: 'string',
          describe: 'Judge a recording again, a JSON report of check or a HAR file, and send nothing',
          conflicts: sending,
        },
        oracle: {
          choices: ['prism'] as const,
          describe: 'Ask another validator as well and list where it differs; it must be installed',
        },
        dialect: {
          type: 'string',
          array: true,
          default: [],
          describe: 'Judge by another reading of the contract; repeatable',
        },
        'callback-url': { type: 'string', describe: 'A public address that leads to this machine, for callbacks' },
        'callback-port': {
          type: 'number',
          describe: 'The port of 127.0.0.1 that it leads to; not needed on loopback',
          coerce: optionalNumber('--callback-port', 0, 65_535),
        },
        'callback-secret': { type: 'string', describe: 'The secret that callbacks are signed with' },
        'fail-on': {
          choices: ['error', 'warning', 'note'] as const,
          default: 'error',
          describe: 'Exit 1 from this severity on',
        },
        baseline: {
          type: 'string',
          requiresArg: true,
          describe: 'A JSON report of an earlier check: only findings that it does not have count',
        },
        report: {
          type: 'string',
          array: true,
          default: [],
          describe: 'FORMAT=PATH with json, junit, sarif, markdown, har or html; repeatable',
        },
        verbose: { type: 'boolean', default: false, describe: 'Name every check, passed ones too' },
      })
      .example(`$0 check ${first} --base-url http://127.0.0.1:4010/${first}`, 'a mock on this machine, at full depth')
      .example(
        `PROOFSHEET_${second.toUpperCase()}_API_KEY=… $0 check ${second}`,
        'the real vendor, without creating a task',
      )
      .example(
        `$0 check ${second} --depth smoke --max-tasks 1 --report junit=report.xml`,
        'the real vendor, for the price of one task',
      )
      .example(`$0 check ${first} --from traffic.har`, 'what a browser, a proxy or an earlier run recorded')
      .example(
        `$0 check ${second} --baseline known.json --report sarif=report.sarif`,
        'only what is new since an earlier report makes it fail',
      )
      .example('$0 check ./my-vendor.yaml --base-url http://127.0.0.1:8080', 'any contract') as never,
  handler: async (args) => {
    const { runCheckCommand } = await import('./check-run.js');
    await runCheckCommand(args);
  },
};
