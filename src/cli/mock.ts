import type { CommandModule } from 'yargs';
import { vendorIds } from '../../specs/index.gen.js';
import { untilInterrupted } from './interrupt.js';
import { numberOption } from './options.js';

interface MockArguments {
  readonly vendors: readonly string[];
  readonly port: number;
  readonly host: string;
  readonly 'api-key': readonly string[];
  readonly speed: number;
  readonly seed: number;
  readonly fault: readonly string[];
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
          default: 1,
          describe: 'Divides task durations',
          coerce: numberOption('--speed', 0.01, 1e6),
        },
        seed: {
          type: 'number',
          default: 1,
          describe: 'Equal seeds and requests give equal tasks',
          coerce: numberOption('--seed', 0, 2 ** 31),
        },
        fault: {
          type: 'string',
          array: true,
          default: [],
          describe: 'Misbehave on purpose: ID or ID=ARGUMENT (see docs/faults.md); repeatable',
        },
        log: { choices: ['pretty', 'json', 'off'], default: 'pretty', describe: 'What to print per request' },
      })
      .example('$0 mock', 'all vendors on port 4010')
      .example(`$0 mock ${first} --port 0 --speed 20`, 'one vendor, twenty times faster, on a free port')
      .example(`$0 mock ${second} --fault never-ends`, 'a vendor whose tasks never end')
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
      speed: args.speed,
      seed: args.seed,
      faults: args.fault,
      onError: (error) => void process.stderr.write(`proofsheet: internal fault: ${(error as Error).message}\n`),
      ...(args.log === 'off'
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
    if (json) print(JSON.stringify({ event: 'ready', vendors: mock.vendors, admin: `${mock.origin}/__proofsheet` }));
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
