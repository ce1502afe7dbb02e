import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatDuration, parseDuration } from '../core/duration.js';
import { UsageError } from '../core/errors.js';
import { exitCodes } from '../core/exit-codes.js';
import { type GeneratedImage, type GenerationResult, imageClient } from '../entry/client.js';
import { toTerminal } from '../report/terminal-text.js';
import { interruptSignal } from './interrupt.js';
import { createProgress } from './progress.js';
import type { TryArguments } from './try.js';

/** A name from what a server said: nothing of it may leave the folder. */
function safeName(text: string): string {
  return text.replaceAll(/[^\w-]+/g, '-').slice(0, 80);
}

/** Saves a file under a name that is still free; nothing is ever overwritten. */
async function save(folder: string, stem: string, image: GeneratedImage, bytes: Uint8Array): Promise<string> {
  for (let copy = 0; ; copy += 1) {
    const path = join(folder, `${stem}${copy === 0 ? '' : `-${copy + 1}`}.${safeName(image.format ?? 'bin')}`);
    try {
      await writeFile(path, bytes, { flag: 'wx' });
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new UsageError(`--out ${JSON.stringify(folder)} cannot be made: ${(error as Error).message}`);
  }
}

function describeResult({ cost, timings }: GenerationResult): string {
  const parts = [`${formatDuration(timings.finishedAt - timings.submittedAt)}`, `${timings.polls} polls`];
  if (cost !== undefined) parts.push(`cost ${cost.amount} ${cost.unit ?? ''}`.trim());
  return parts.join(', ');
}

export async function runTry(args: TryArguments): Promise<void> {
  const timeoutMs = parseDuration(args.timeout, '--timeout');
  const client = await imageClient(args.vendor, {
    ...(args['api-key'] === undefined ? {} : { apiKey: args['api-key'] }),
    ...(args['base-url'] === undefined ? {} : { baseUrl: args['base-url'] }),
  });
  await makeFolder(args.out);
  const interrupt = interruptSignal();
  const progress = createProgress(process.stderr, 'lines');
  let taskId: string | undefined;
  const { model, size, quality, format, background } = args;
  try {
    const result = await client.generate(
      {
        prompt: args.prompt,
        count: args.count,
        ...(model === undefined ? {} : { model }),
        ...(size === undefined ? {} : { size }),
        ...(quality === undefined ? {} : { quality }),
        ...(format === undefined ? {} : { format }),
        ...(background === undefined ? {} : { background }),
        ...(args.reference.length === 0 ? {} : { references: args.reference }),
      },
      {
        timeoutMs,
        signal: interrupt.signal,
        onProgress: (event) => {
          if ('taskId' in event) taskId = event.taskId;
          if (event.type === 'submitted') progress.show(`submitted ${toTerminal(event.taskId)}`);
          else if (event.type === 'polled') progress.show(toTerminal(event.statusWord), event.progress);
          else if (event.type === 'retrying')
            progress.show(`${toTerminal(event.reason)}, asking again in ${formatDuration(event.waitMs)}`);
        },
      },
    );
    progress.end();
    const stem = `${args.vendor.replaceAll(/^.*[\\/]|\.\w+$/g, '')}-${safeName(result.taskId ?? 'image')}`;
    for (const [index, image] of result.images.entries()) {
      const bytes = await image.bytes({ signal: interrupt.signal });
      process.stdout.write(`${await save(args.out, `${stem}-${index}`, image, bytes)}\n`);
    }
    process.stderr.write(`${describeResult(result)}\n`);
  } catch (error) {
    progress.end();
    if (!interrupt.signal.aborted) throw error;
    const rest = taskId === undefined ? '' : `: task ${toTerminal(taskId)} goes on at the vendor`;
    process.stderr.write(`proofsheet: interrupted${rest}\n`);
    process.exitCode = exitCodes.interrupted;
  } finally {
    interrupt.release();
  }
}
