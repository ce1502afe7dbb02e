import { pointerTokens, setTokens } from '../../src/core/pointer.js';
import { changeJson } from '../change-json.js';
import type { Fault } from '../fault.js';

export const translatesCodes: Fault = {
  id: 'translates-codes',
  title: 'Translates the codes of errors, not only their messages',
  rationale: 'What a program decides by depends on who runs it.',
  facts: ['H15i'],
  applies: ({ submit }) =>
    Object.values(submit?.task.errors.answer ?? {}).some((field) => 'from' in field && field.from === 'error.code'),
  reply: (reply, request, { contract }) => {
    if (reply.status < 400 || !/^(ja|zh)/.test(request.headers['accept-language'] ?? '')) return reply;
    return changeJson(reply, (body) => {
      for (const [place, field] of Object.entries(contract.submit?.task.errors.answer ?? {}))
        if ('from' in field && field.from === 'error.code') setTokens(body, pointerTokens(place), '見つかりません');
      return body;
    });
  },
};
