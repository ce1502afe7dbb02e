import { type Mutant, mutant } from './mutant.js';

/** Moderation that changes its mind, where it refuses at the submit; for any vendor. */
export function moderationMutants(): Mutant[] {
  let asked = 0;
  return [
    mutant('moderates-now-and-then', 'H19i', 'refuses a prompt the first time and takes it afterwards', {
      problem(problem, { prompt }) {
        if (problem !== undefined || !String(prompt).startsWith('A scene that is a policy violation')) return problem;
        asked += 1;
        return asked === 1 ? 'The prompt is not allowed' : undefined;
      },
      moderated: () => false,
    }),
  ];
}
