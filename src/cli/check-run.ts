import type { CheckReport } from '../core/check-report.js';
import { exitCodes } from '../core/exit-codes.js';
import {
  type CheckEvent,
  type CheckPlan,
  type CheckSettings,
  check,
  checkRecording,
  exitCodeFor,
  withPrismOracle,
} from '../entry/conformance.js';
import { resolveContract } from '../entry/contracts.js';
import { reportContext } from '../entry/report-context.js';
import { refuseForeign, withBaseline, withoutKnown } from '../report/baseline.js';
import { checkToConsole } from '../report/check-console.js';
import { checkFormats, formatsWithLines } from '../report/formats.js';
import type { CheckArguments } from './check.js';
import { interruptSignal } from './interrupt.js';
import { parseReportOption } from './options.js';
import { createProgress, type Progress } from './progress.js';
import { readReportFile } from './read-report-file.js';
import { writeReports } from './write-reports.js';

function describePlan({ vendor, target, depth, ceiling }: CheckPlan): string {
  const { tasks, cost, unit } = ceiling;
  const price = cost === undefined ? '' : `, at most ${cost} ${unit ?? ''}`.trimEnd();
  return `${vendor} at ${target}, depth ${depth}: at most ${tasks} ${tasks === 1 ? 'task' : 'tasks'}${price}`;
}

function follow(progress: Progress): (event: CheckEvent) => void {
  let probe = '';
  return (event) => {
    if (event.type === 'started') process.stderr.write(`${describePlan(event.plan)}\n`);
    else if (event.type === 'probe-started') probe = event.title;
    else if (event.type === 'progress') progress.show(`${event.requests} requests, ${event.tasks} tasks  ${probe}`);
  };
}

function settingsOf(args: CheckArguments): CheckSettings {
  const given = {
    baseUrl: args['base-url'],
    apiKey: args['api-key'],
    otherKey: args['other-key'],
    poorKey: args['poor-key'],
    depth: args.depth,
    maxTasks: args['max-tasks'],
    pollInterval: args['poll-interval'],
    timeout: args.timeout,
    failingPrompt: args['failing-prompt'],
    dialects: args.dialect.length === 0 ? undefined : args.dialect,
    callbackUrl: args['callback-url'],
    callbackPort: args['callback-port'],
    callbackSecret: args['callback-secret'],
    only: args.only.length === 0 ? undefined : args.only,
    skip: args.skip.length === 0 ? undefined : args.skip,
  };
  // What was not given is left out, so that the defaults stand in one place.
  const settings = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { ...settings, seed: args.seed, failOn: args['fail-on'] };
}

async function readBaseline(vendor: string, file: string): Promise<CheckReport> {
  const earlier = await readReportFile(file, '--baseline');
  refuseForeign((await resolveContract(vendor)).id, earlier, file);
  return earlier;
}

export async function runCheckCommand(args: CheckArguments): Promise<void> {
  const outputs = args.report.map((text) => parseReportOption(text, [...checkFormats.keys()]));
  // Read first: a wrong file must not be noticed after money was spent.
  const earlier = args.baseline === undefined ? undefined : await readBaseline(args.vendor, args.baseline);
  const interrupt = interruptSignal();
  const progress = createProgress(process.stderr, 'nothing');
  let report: CheckReport;
  try {
    const settings = settingsOf(args);
    report =
      args.from === undefined
        ? await check(args.vendor, { ...settings, signal: interrupt.signal, onEvent: follow(progress) })
        : await checkRecording(args.vendor, args.from, settings);
    if (args.oracle === 'prism') report = await withPrismOracle(args.vendor, report);
  } finally {
    progress.end();
    interrupt.release();
  }
  if (earlier !== undefined) report = withBaseline(report, earlier, args.baseline ?? '');
  const { isTTY, columns } = process.stdout;
  process.stdout.write(
    checkToConsole(report, {
      color: isTTY === true,
      verbose: args.verbose,
      ...(columns === undefined ? {} : { width: columns }),
    }),
  );
  const exitCode = interrupt.signal.aborted
    ? exitCodes.interrupted
    : exitCodeFor(withoutKnown(report), args['fail-on']);
  if (outputs.length > 0) {
    const lines = outputs.some(({ format }) => formatsWithLines.has(format));
    await writeReports(report, checkFormats, outputs, await reportContext(args.vendor, { lines, exitCode }));
  }
  process.exitCode = exitCode;
}
