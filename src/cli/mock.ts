import type { CommandModule } from 'yargs';
import { vendorIds } from '../../specs/index.gen.js';
import { untilInterrupted } from './interrupt.js';
import { numberOption, optionalNumber } from './options.js';

interface MockArguments {
  readonly vendors: readonly string[];
  readonly port: number;
  readonly host: string;
  readonly 'api-key': readonly string[];
  readonly speed: number | undefined;
  readonly seed: number | undefined;
  readonly scenario: string | undefined;
  readonly dialect: readonly string[];
  readonly fault: readonly string[];
  readonly callbacks: string;
  readonly state: string | undefined;
  readonly 'virtual-clock': boolean;
  readonly 'admin-token': string | undefined;
  readonly 'callbacks-out': boolean;
  readonly 'callbacks-secret': string | undefined;
  readonly 'callbacks-fault': readonly string[];
  readonly log: string;
}

const [first = 'vendor', second = first] = vendorIds;

/** `proofsheet mock`: the vendors on one port, until Ctrl-C. */
export const mockCommand: CommandModule<object, MockArguments> = {
  command: 'mock [vendors..]',
  describe: 'Serve vendors (or a contract file) on one port, each under /<vendor>',
  builder: (yargs) =>
    yargs
      .positional('vendors', {
        type: 'string',
        array: true,
        default: [],
        describe: `${vendorIds.join(', ')}, or FILE.yaml`,
      })
      .options({
        port: {
          type: 'number',
          default: 4010,
          describe: 'Port; 0 picks a free one',
          coerce: numberOption('--port', 0, 65_535),
        },
        host: { type: 'string', default: '127.0.0.1', describe: 'Address to listen on' },
        'api-key': {
          type: 'string',
          array: true,
          default: [],
          describe: 'Account as KEY or KEY=BALANCE; repeatable. Without it: sk-<vendor>-test, -other and -poor',
        },
        speed: {
          type: 'number',
          describe: 'Divides task durations; 1 where neither this nor the scenario says so',
          coerce: optionalNumber('--speed', 0.01, 1e6),
        },
        seed: {
          type: 'number',
          describe: 'Equal seeds and requests give equal tasks; 1 where neither this nor the scenario says so',
          coerce: optionalNumber('--seed', 0, 2 ** 31),
        },
        scenario: { type: 'string', describe: 'Timing, chances and limits: a name (see docs/scenarios.md) or FILE' },
        dialect: {
          type: 'string',
          array: true,
          default: [],
          describe: 'Another reading of a vendor: VENDOR=NAME, or NAME where one vendor has it; repeatable',
        },
        fault: {
          type: 'string',
          array: true,
          default: [],
          describe: 'Misbehave on purpose: ID or ID=ARGUMENT (see docs/faults.md); repeatable',
        },
        state: { type: 'string', describe: 'Folder in which tasks outlive the process; nothing is written without it' },
        'virtual-clock': {
          type: 'boolean',
          default: false,
          describe: 'Let time stand still until the control API moves it',
        },
        'admin-token': {
          type: 'string',
          describe: 'Let clients elsewhere use the control API with this bearer token',
        },
        callbacks: {
          choices: ['loopback', 'vendor'],
          default: 'loopback',
          describe: "Who may be called back: plain http receivers on this machine, or by the vendor's own rules",
        },
        'callbacks-out': {
          type: 'boolean',
          default: false,
          describe: 'With --callbacks vendor: really call receivers elsewhere, too',
        },
        'callbacks-secret': {
          type: 'string',
          describe: 'Sign calls by the Standard Webhooks scheme; the vendors sign nothing',
        },
        'callbacks-fault': {
          type: 'string',
          array: true,
          default: [],
          describe: 'Let calls go wrong: lost, late, early, duplicated, reordered, …; repeatable',
        },
        log: {
          choices: ['pretty', 'json', 'ready', 'off'],
          default: 'pretty',
          describe: 'What to print per request; ready prints where it listens, as json does, and nothing more',
        },
      })
      .example('$0 mock', 'all vendors on port 4010')
      .example(`$0 mock ${first} --port 0 --speed 20`, 'one vendor, twenty times faster, on a free port')
      .example(`$0 mock ${second} --fault never-ends`, 'a vendor whose tasks never end')
      .example(`$0 mock --scenario flaky`, 'one task in ten fails')
      .example('$0 mock ./my-vendor.yaml', 'any contract with an x-async-task block') as never,
  handler: async (args) => {
    const { startMock } = await import('../entry/mock.js');
    const print = (line: string) => void process.stdout.write(`${line}\n`);
    const json = args.log === 'json';
    const mock = await startMock({
      vendors: args.vendors,
      port: args.port,
      host: args.host,
      apiKeys: args['api-key'],
      ...(args.speed === undefined ? {} : { speed: args.speed }),
      ...(args.seed === undefined ? {} : { seed: args.seed }),
      ...(args.scenario === undefined ? {} : { scenario: args.scenario }),
      dialects: args.dialect,
      faults: args.fault,
      virtualClock: args['virtual-clock'],
      ...(args.state === undefined ? {} : { state: args.state }),
      ...(args['admin-token'] === undefined ? {} : { adminToken: args['admin-token'] }),
      callbacks: args.callbacks === 'vendor' ? 'vendor' : 'loopback',
      callbacksOut: args['callbacks-out'],
      callbackOddities: args['callbacks-fault'],
      ...(args['callbacks-secret'] === undefined ? {} : { callbackSecret: args['callbacks-secret'] }),
      onError: (error) => void process.stderr.write(`proofsheet: internal fault: ${(error as Error).message}\n`),
      ...(args.log === 'off' || args.log === 'ready'
        ? {}
        : {
            onAnswer: ({ method, path }, { status }, ms) =>
              print(
                json
                  ? JSON.stringify({ event: 'answer', method, path, status, ms: Math.round(ms * 10) / 10 })
                  : `${method.padEnd(6)} ${JSON.stringify(path).slice(1, -1)} ${status} ${ms.toFixed(1)} ms`,
              ),
          }),
    });
    if (mock.kept !== undefined && mock.kept.left > 0)
      process.stderr.write(
        `proofsheet: ${mock.kept.left} tasks in ${args.state} belong to vendors or keys that are not here; they are kept\n`,
      );
    if (json || args.log === 'ready')
      print(JSON.stringify({ event: 'ready', vendors: mock.vendors, admin: `${mock.origin}/__proofsheet` }));
    else if (args.log === 'pretty') {
      for (const [vendor, url] of Object.entries(mock.vendors)) print(`${vendor.padEnd(12)} ${url}`);
      print(
        args['api-key'].length > 0 ? 'Keys: as given' : 'Keys: sk-<vendor>-test, sk-<vendor>-other, sk-<vendor>-poor',
      );
      print('Ctrl-C stops it.');
    }
    await untilInterrupted();
    await mock.close();
  },
};
