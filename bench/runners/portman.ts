import { numberIn, output, type Runner } from './runner.js';

export const portman: Runner = {
  name: 'Portman with Newman',
  packages: ['@apideck/portman@1.33.0', 'newman@6.2.2'],
  settings: 'the contract tests of its default configuration; the key as its bearer token',
  async failures(subject) {
    const args = [
      '-l',
      subject.contract,
      '-b',
      subject.baseUrl,
      '--runNewman',
      '-o',
      `${subject.folder}/collection.json`,
    ];
    const text = await output(subject, 'portman', args, { PORTMAN_BEARER_TOKEN: subject.key });
    return numberIn(text, /assertions\s*│\s*\d+\s*│\s*(\d+)/, 'Portman');
  },
};
