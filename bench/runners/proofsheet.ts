import { check } from '../../src/entry/conformance.js';
import type { Runner } from './runner.js';

export const proofsheet: Runner = {
  name: 'proofsheet check',
  packages: [],
  settings: 'depth full, as on any server of this machine',
  async failures({ baseUrl, key }) {
    const { findings } = await check('evolink', {
      baseUrl,
      apiKey: key,
      otherKey: 'sk-evolink-other',
      poorKey: 'sk-evolink-poor',
      timeout: 5_000,
      failOn: 'note',
    });
    return findings.length;
  },
};
