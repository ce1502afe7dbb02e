import { parseDuration } from '../../src/core/duration.js';
import type { Fault } from '../fault.js';
import { durationArgument } from '../fault-argument.js';
import { jsonReply } from '../message.js';

const usual = '0s';

export const expiresEarly: Fault = {
  id: 'expires-early',
  title: 'Lets result URLs end before their time',
  rationale: 'A download that is put off to the night finds nothing, and the picture cannot be had any more.',
  facts: ['H6'],
  breaks: ({ submit }) => submit?.task.lifetimes?.facts ?? [],
  argument: durationArgument(
    'How long after the end of a task its pictures can be fetched; not at all without.',
    '30m',
  ),
  applies: () => true,
  view: (view, _, { argument = usual }) => {
    const { finishedAt } = view;
    if (finishedAt === undefined) return view;
    const expiresAt = finishedAt + parseDuration(argument);
    return { ...view, results: view.results.map((result) => ({ ...result, expiresAt })) };
  },
  file: (reply, ageMs, argument = usual) =>
    ageMs >= parseDuration(argument) ? jsonReply(410, { error: 'This file has expired' }) : reply,
};
