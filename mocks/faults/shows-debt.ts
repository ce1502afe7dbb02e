import { pointerTokens, setTokens } from '../../src/core/pointer.js';
import { changeJson } from '../change-json.js';
import type { Fault } from '../fault.js';

export const showsDebt: Fault = {
  id: 'shows-debt',
  title: 'Lets a balance fall below zero',
  rationale: 'Whoever relied on a prepaid account owes money.',
  facts: ['H16'],
  applies: (contract) =>
    contract.poll !== undefined && [...contract.sideEndpoints().values()].some(({ kind }) => kind === 'balance'),
  reply: (reply, _, { contract, operation }) => {
    const side = contract.sideEndpoints().get(operation.id);
    if (side?.kind !== 'balance' || reply.status !== 200) return reply;
    return changeJson(reply, (body) => {
      for (const [place, field] of Object.entries(side.answer))
        if ('from' in field && field.from === 'account.remaining') setTokens(body, pointerTokens(place), -25);
      return body;
    });
  },
};
