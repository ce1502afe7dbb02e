/** What is generated from the contracts and checked in is what they would generate now. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { vendorRegistry } from '../../scripts/generate/vendor-registry.js';
import { vendorTypes } from '../../scripts/generate/vendor-types.js';
import { contractFile, vendorIds } from '../../specs/index.gen.js';
import { root } from '../support/source-tree.js';

test('the generated types and the registry of vendors are current', async () => {
  const generated = [...(await vendorTypes(root)), ...vendorRegistry(root)];
  expect(generated.length).toBe(vendorIds.length + 1);
  for (const [path, text] of generated) {
    // Compared as a truth value: a diff of generated types helps nobody.
    const current = readFileSync(join(root, path), 'utf8') === text;
    expect(current, `${path} is stale: npm run generate`).toBe(true);
  }
});

test.each(vendorIds)('the contract of %s lies beside its types', (id) => {
  expect(contractFile(id)).toBe(join(root, 'specs', id, 'openapi.yaml'));
});
