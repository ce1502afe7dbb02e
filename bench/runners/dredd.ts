import { numberIn, output, type Runner } from './runner.js';

export const dredd: Runner = {
  name: 'Dredd',
  packages: ['dredd@14.1.0'],
  settings: 'the key by --header; no hooks',
  async failures(subject) {
    const args = [subject.contract, subject.baseUrl, '--header', `Authorization: Bearer ${subject.key}`, '--no-color'];
    const text = await output(subject, 'dredd', args);
    return numberIn(text, /complete: \d+ passing, (\d+) failing/, 'Dredd');
  },
};
