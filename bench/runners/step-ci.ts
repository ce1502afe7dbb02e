import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { numberIn, output, type Runner } from './runner.js';

interface Workflow {
  readonly tests: Record<string, { steps: { http: { auth?: unknown } }[] }>;
}

export const stepCi: Runner = {
  name: 'Step CI',
  packages: ['stepci@2.8.2'],
  settings: 'the workflow that it generates, with the key added to each step',
  async failures(subject) {
    const file = join(subject.folder, 'workflow.yml');
    const quiet = { STEPCI_DISABLE_ANALYTICS: '1' };
    await output(subject, 'stepci', ['generate', subject.contract, file], quiet);
    const workflow = parse(await readFile(file, 'utf8')) as Workflow;
    for (const { steps } of Object.values(workflow.tests))
      for (const step of steps) step.http.auth = { bearer: { token: subject.key } };
    await writeFile(file, stringify(workflow));
    const text = await output(subject, 'stepci', ['run', file], quiet);
    return numberIn(text, /Steps:\s+(?:(\d+) failed)?/, 'Step CI') || 0;
  },
};
