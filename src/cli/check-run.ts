import type { CheckReport } from '../core/check-report.js';
import { exitCodes } from '../core/exit-codes.js';
import { type CheckEvent, type CheckPlan, type CheckSettings, check, exitCodeFor } from '../entry/conformance.js';
import { checkToConsole } from '../report/check-console.js';
import { checkFormats } from '../report/formats.js';
import type { CheckArguments } from './check.js';
import { interruptSignal } from './interrupt.js';
import { parseReportOption } from './options.js';
import { createProgress, type Progress } from './progress.js';
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
    cases: args.cases,
    pollInterval: args['poll-interval'],
    timeout: args.timeout,
    failingPrompt: args['failing-prompt'],
    only: args.only.length === 0 ? undefined : args.only,
    skip: args.skip.length === 0 ? undefined : args.skip,
  };
  // What was not given is left out, so that the defaults stand in one place.
  const settings = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { ...settings, seed: args.seed, failOn: args['fail-on'] };
}

export async function runCheckCommand(args: CheckArguments): Promise<void> {
  const outputs = args.report.map((text) => parseReportOption(text, [...checkFormats.keys()]));
  const interrupt = interruptSignal();
  const progress = createProgress(process.stderr, 'nothing');
  let report: CheckReport;
  try {
    report = await check(args.vendor, { ...settingsOf(args), signal: interrupt.signal, onEvent: follow(progress) });
  } finally {
    progress.end();
    interrupt.release();
  }
  const { isTTY, columns } = process.stdout;
  process.stdout.write(
    checkToConsole(report, {
      color: isTTY === true,
      verbose: args.verbose,
      ...(columns === undefined ? {} : { width: columns }),
    }),
  );
  await writeReports(report, checkFormats, outputs);
  process.exitCode = interrupt.signal.aborted ? exitCodes.interrupted : exitCodeFor(report, args['fail-on']);
}
