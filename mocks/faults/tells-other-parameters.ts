import type { Fault } from '../fault.js';

export const tellsOtherParameters: Fault = {
  id: 'tells-other-parameters',
  title: 'Tells other parameters than it worked with',
  rationale: 'Programs lay out and bill by what the answer says, and it is not what was delivered.',
  facts: ['P2', 'E2', 'E12'],
  applies: ({ submit }) =>
    Object.values({ ...submit?.task.answer, ...submit?.task.poll?.answer }).some(
      (field) => 'from' in field && (field.from === 'model' || field.from === 'param.format'),
    ),
  view: (view) => ({
    ...view,
    ...(view.model === undefined ? {} : { model: 'another-model' }),
    ...(view.params === undefined
      ? {}
      : { params: { ...view.params, format: view.params['format'] === 'png' ? 'jpeg' : 'png' } }),
  }),
};
