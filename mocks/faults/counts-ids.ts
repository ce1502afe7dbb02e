import type { Fault } from '../fault.js';

export const countsIds: Fault = {
  id: 'counts-ids',
  title: 'Counts its tasks in their ids',
  rationale: 'Anybody can tell how much is sold, and which ids to try.',
  facts: ['A3', 'G9', 'E3'],
  applies: ({ submit }) => submit?.task.mode === 'poll',
  idTemplate: (template, count) =>
    template.replace(/\{(?:alnum|base32):(\d+)\}/, (_, length: string) => `${count}`.padStart(Number(length), '0')),
};
