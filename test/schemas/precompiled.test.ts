/** What the build compiles beforehand says of any body, word for word, what the same schema says when compiled at run time. */
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { validatorsModule } from '../../scripts/bundle-validators.js';
import { bundleTasks } from '../../src/contract/bundle.js';
import { createContract } from '../../src/contract/contract.js';
import type { Precompiled } from '../../src/contract/validators.js';
import { createRng } from '../../src/platform/random.js';
import { contracts } from '../specs/contracts.js';
import { likelyValid, mutate } from '../support/schema-values.js';

const BODIES = 25;

/** Runs a CommonJS text as if it lay in this folder. */
function evaluate(code: string): Precompiled {
  const module = { exports: {} };
  new Function('require', 'exports', 'module', code)(createRequire(import.meta.url), module.exports, module);
  return module.exports as Precompiled;
}

test.each(contracts.map((contract) => [contract.id, contract] as const))('%s', (id, contract) => {
  const { file, document, operations } = contract;
  const precompiled = evaluate(validatorsModule(contract));
  const tasks = bundleTasks(operations);
  const bundled = createContract(id, file, document, {
    readTask: (pointer) => JSON.parse(JSON.stringify(tasks[pointer])),
    readSides: () => new Map(Object.entries(JSON.parse(JSON.stringify(Object.fromEntries(contract.sideEndpoints()))))),
    precompiled: () => precompiled,
  });
  expect(bundled.sideEndpoints()).toEqual(contract.sideEndpoints());
  expect(bundled.operations).toEqual(operations);
  const rng = createRng('precompiled', id);
  expect(Object.keys(precompiled).length).toBeGreaterThan(5);
  for (const pointer of Object.keys(precompiled))
    for (let index = 0; index < BODIES; index += 1) {
      const start = likelyValid(document, pointer, rng);
      const body = index % 3 === 0 ? start : mutate(rng, start);
      expect(bundled.violations(pointer, body)).toEqual(contract.violations(pointer, body));
    }
});
