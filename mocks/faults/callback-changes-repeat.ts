import type { Fault } from '../fault.js';

export const callbackChangesRepeat: Fault = {
  id: 'callback-changes-repeat',
  title: 'Says something else when a call is repeated',
  rationale: 'A receiver that sees a call twice does not know which one counts.',
  facts: ['H13i'],
  applies: ({ submit }) => submit?.task.mode === 'poll' && submit.task.request.callback !== undefined,
  oddity: 'duplicated',
  callbackView: (view, attempt) =>
    attempt === 1
      ? view
      : { ...view, results: view.results.map((result) => ({ ...result, url: `${result.url}-again` })) },
};
