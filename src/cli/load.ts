import type { CommandModule } from 'yargs';
import { vendorIds } from '../../specs/index.gen.js';
import { UsageError } from '../core/errors.js';
import { policyExamples } from '../core/polling.js';
import { arrivalsExamples } from '../load/arrivals.js';
import { loadScenarios } from '../load/scenarios/named.js';
import { MOST_WORKERS } from '../load/workers/check-workers.js';
import { durationOption, numberOption, optionalNumber } from './options.js';

export interface LoadArguments {
  readonly vendor: string;
  readonly 'base-url': string | undefined;
  readonly mock: boolean;
  readonly 'api-key': string | undefined;
  readonly tasks: number | undefined;
  readonly duration: number | undefined;
  readonly 'max-tasks': number | undefined;
  readonly rate: number | undefined;
  readonly arrivals: string | undefined;
  readonly policy: readonly string[];
  readonly virtual: boolean;
  readonly scenario: string | undefined;
  readonly 'compare-policies': boolean;
  readonly timeout: number | undefined;
  readonly threshold: readonly string[];
  readonly 'abort-on-fail': number | undefined;
  readonly 'warm-up': number | undefined;
  readonly 'give-up-after': number | undefined;
  readonly seed: number;
  readonly workers: number;
  readonly saturate: boolean;
  readonly connections: number | undefined;
  readonly 'callback-url': string | undefined;
  readonly 'callback-port': number | undefined;
  readonly 'allow-remote': boolean;
  readonly export: string | undefined;
  readonly report: readonly string[];
}

const workersNumber = numberOption('--workers', 1, MOST_WORKERS);

const workersOption = (value: unknown) => {
  const count = workersNumber(value);
  if (Number.isInteger(count)) return count;
  throw new UsageError(`--workers takes a whole number of threads, not ${count}`);
};

const [first = 'vendor', second = first] = vendorIds.filter((id) => id !== vendorIds[0]);

/** `--abort-on-fail` alone means from the start. */
const abortOption = (value: unknown) => durationOption('--abort-on-fail')(value === '' ? '0' : value);

/** `proofsheet load`: tasks arrive as planned, each is polled until it ends. */
export const loadCommand: CommandModule<object, LoadArguments> = {
  command: 'load <vendor>',
  describe: 'Submit tasks with open arrivals and poll each by a policy until it ends',
  builder: (yargs) =>
    yargs
      .positional('vendor', { type: 'string', describe: `${vendorIds.join(', ')}, or FILE.yaml`, demandOption: true })
      .options({
        'base-url': { type: 'string', describe: 'Stands in for the vendor’s server' },
        'api-key': { type: 'string', describe: 'Else PROOFSHEET_<VENDOR>_API_KEY; on loopback the mock’s own' },
        mock: { type: 'boolean', default: false, describe: 'Start a mock of the vendor for this run, as its target' },
        tasks: { type: 'number', describe: 'Tasks to start', coerce: optionalNumber('--tasks', 1, 1e7) },
        duration: {
          type: 'string',
          describe: 'End the run after this long, whatever is still live',
          coerce: durationOption('--duration'),
        },
        'max-tasks': {
          type: 'number',
          describe: 'Never start more than this; with --saturate, no submits but the one',
          coerce: optionalNumber('--max-tasks', 1, 1e7),
        },
        rate: {
          type: 'number',
          describe:
            'Tasks started per second (5 on this machine, to be given elsewhere); ' +
            'a ceiling for ramp, burst and trace, and of the requests of --saturate',
          coerce: optionalNumber('--rate', 0.001, 1e5),
        },
        arrivals: {
          type: 'string',
          describe: `How starts are spread (constant): ${arrivalsExamples.join(' | ')}`,
        },
        policy: {
          type: 'string',
          array: true,
          default: [],
          describe: `${policyExamples.join(' | ')}; else as the vendor advises`,
        },
        virtual: {
          type: 'boolean',
          default: false,
          describe: 'Against a modelled server in virtual time: nothing is sent, hours take seconds',
        },
        scenario: {
          type: 'string',
          describe: `In virtual time, or over HTTP with --mock or --base-url: ${loadScenarios.map(({ id }) => id).join(', ')}; list tells what each asks`,
        },
        'compare-policies': {
          type: 'boolean',
          default: false,
          describe: 'Every policy on the same tasks, with a recommendation; --policy (repeatable) adds more',
        },
        timeout: {
          type: 'string',
          describe: 'Give a task up after this long (10m)',
          coerce: durationOption('--timeout'),
        },
        threshold: {
          type: 'string',
          array: true,
          default: [],
          describe: 'For example "poll.p99<50ms"; repeatable; exit 1 when missed',
        },
        'abort-on-fail': {
          type: 'string',
          describe: 'End the run once a threshold is missed; with a duration, not before it (=10s)',
          coerce: abortOption,
        },
        'warm-up': {
          type: 'string',
          describe: 'Leave this first part of the run out of the figures',
          coerce: durationOption('--warm-up'),
        },
        'give-up-after': {
          type: 'string',
          describe: 'End the run when nothing is answered for this long (10s)',
          coerce: durationOption('--give-up-after'),
        },
        seed: {
          type: 'number',
          default: 1,
          describe: 'Equal seeds start at equal moments',
          coerce: numberOption('--seed', 0, 2 ** 31),
        },
        workers: {
          type: 'number',
          default: 1,
          describe: 'Threads that share the load over HTTP, where one core cannot send enough; same tasks, one report',
          coerce: workersOption,
        },
        saturate: {
          type: 'boolean',
          default: false,
          describe: 'Find out how many polls and submits a second fit instead',
        },
        connections: {
          type: 'number',
          describe: 'Most connections of --saturate, in steps of 1, 2, 4, … (64)',
          coerce: optionalNumber('--connections', 1, 10_000),
        },
        'callback-url': {
          type: 'string',
          describe: 'For webhook elsewhere: a public address that leads to this machine',
        },
        'callback-port': {
          type: 'number',
          describe: 'The port of 127.0.0.1 that calls come to (a free one)',
          coerce: optionalNumber('--callback-port', 0, 65_535),
        },
        'allow-remote': { type: 'boolean', default: false, describe: 'Put load on a server that is not this machine' },
        export: { type: 'string', describe: 'Write the load for Artillery instead: artillery or artillery=PATH' },
        report: {
          type: 'string',
          array: true,
          default: [],
          describe: 'json=PATH, markdown=PATH or html=PATH; repeatable',
        },
      })
      .example(`$0 load ${first} --mock --tasks 50 --rate 10`, 'fifty tasks in five seconds, on a mock of its own')
      .example(
        `$0 load ${second} --base-url http://127.0.0.1:4010/${second} --duration 30s --rate 20 --arrivals poisson --policy fixed:250ms`,
        'a busy half minute on a mock that runs already',
      )
      .example(
        `$0 load ${second} --base-url http://127.0.0.1:4010/${second} --duration 1m --rate 4000 --workers 2`,
        'more than one core can send',
      )
      .example(`$0 load ${first} --mock --saturate --duration 5s`, 'what polls and submits can take')
      .example(`$0 load ${first} --mock --tasks 50 --policy webhook:60s`, 'waits to be called back')
      .example(
        `$0 load ${first} --scenario outage --policy full-jitter:1s,2,30s`,
        'who comes back at once, in virtual time',
      )
      .example(`$0 load ${first} --scenario outage --mock`, 'the same in real time, on a mock that has the outage')
      .example(`$0 load ${first} --compare-policies`, 'which policy suits the vendor') as never,
  handler: async (args) => {
    const { runLoadCommand } = await import('./load-run.js');
    await runLoadCommand(args);
  },
};
