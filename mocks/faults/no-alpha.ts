import type { Fault } from '../fault.js';

export const noAlpha: Fault = {
  id: 'no-alpha',
  title: 'Delivers an opaque picture where transparency was asked for',
  rationale: 'A logo comes with a background.',
  facts: ['A13', 'P8', 'H6'],
  applies: ({ submit }) => (submit?.task.delivery.transparent ?? []).length > 0,
  picture: (spec) => ({ ...spec, alpha: false }),
};
