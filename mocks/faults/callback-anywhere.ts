import type { Fault } from '../fault.js';

export const callbackAnywhere: Fault = {
  id: 'callback-anywhere',
  title: 'Takes any address as that of a receiver',
  rationale: 'Strangers let the server call what only it can reach.',
  facts: ['A30', 'E17'],
  applies: ({ submit }) => submit?.task.callback?.privateRefused === true,
  // Taken and never called: nobody else is to be bothered by it.
  callbackAddress: (found, text) => (found.ok ? found : { ok: true, url: String(text), reach: 'private' }),
};
