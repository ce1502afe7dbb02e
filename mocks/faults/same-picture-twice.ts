import type { Fault } from '../fault.js';

export const samePictureTwice: Fault = {
  id: 'same-picture-twice',
  title: 'Delivers one picture for all that were asked for',
  rationale: 'Four were paid for, and one was made.',
  facts: ['H6i'],
  applies: ({ submit }) => submit?.task.request.count !== undefined,
  picture: ({ seed, lines, ...spec }) => ({ ...spec, seed: seed.split('/')[0] ?? seed, lines: lines.slice(0, 1) }),
};
