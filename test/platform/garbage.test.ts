/** Who collects the garbage of a process that may use one core, told by the engine itself. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const script = fileURLToPath(new URL('make-garbage.ts', import.meta.url));

async function helpersCalled(cores: number): Promise<number> {
  const args = ['--import', 'tsx', '--trace-concurrent-marking', script, String(cores)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 64 * 1024 * 1024 });
  return stdout.split('Starting major concurrent marking').length - 1;
}

test('on one core the collector does nearly without helper threads', async () => {
  const [several, one] = [await helpersCalled(8), await helpersCalled(1)];
  expect(several).toBeGreaterThan(5);
  // The end of a collection may still ask for help while the program waits for it.
  expect(one).toBeLessThan(several / 2);
}, 60_000);
