import { numberIn, output, type Runner } from './runner.js';

export const specmatic: Runner = {
  name: 'Specmatic',
  packages: ['specmatic@2.55.1'],
  settings: 'contract tests without its resiliency option; the key in the environment',
  async failures(subject) {
    const key = { bearer: subject.key, SPECMATIC_OAUTH2_TOKEN: subject.key };
    const text = await output(
      subject,
      'specmatic',
      ['test', subject.contract, `--testBaseURL=${subject.baseUrl}`],
      key,
    );
    return numberIn(text, /Tests run: \d+, Successes: \d+, Failures: (\d+)/, 'Specmatic');
  },
};
