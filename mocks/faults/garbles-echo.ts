import { type Json, withAt } from '../../src/core/pointer.js';
import type { Fault } from '../fault.js';

export const garblesEcho: Fault = {
  id: 'garbles-echo',
  title: 'Garbles other scripts in the request that it repeats',
  rationale: 'What comes back as question marks went in as question marks, and so was painted.',
  facts: ['H10'],
  applies: ({ submit }) =>
    submit?.task.request.prompt !== undefined &&
    Object.values(submit.task.poll?.answer ?? {}).some((field) => 'from' in field && field.from === 'request'),
  view: (view, _, { contract }) => {
    const place = contract.submit?.task.request.prompt;
    const prompt = view.params?.['prompt'];
    if (view.request === undefined || place === undefined || typeof prompt !== 'string') return view;
    return { ...view, request: withAt(view.request as Json, place, prompt.replace(/[^ -~]/gu, '?')) };
  },
};
