import type { Contract } from '../../src/contract/contract.js';
import { withAt } from '../../src/core/pointer.js';
import { changeJson } from '../change-json.js';
import type { Fault } from '../fault.js';

/** Operations beside the tasks whose answers hold something: balances and lists. */
function asked(contract: Contract) {
  return contract.operations.flatMap((operation) => {
    const side = contract.sideEndpoints().get(operation.id);
    return side === undefined || side.kind === 'upload' ? [] : [{ operation, side }];
  });
}

export const garblesSideAnswers: Fault = {
  id: 'garbles-side-answers',
  title: 'Writes something else where balances and lists promise a value',
  rationale: 'A program that looks at what is left before it spends reads nonsense, and spends or stops.',
  facts: [],
  breaks: (contract) =>
    asked(contract).flatMap(({ operation, side }) => [
      ...(operation.responses['200']?.facts ?? []),
      ...(side.facts ?? []),
    ]),
  applies: (contract) => asked(contract).length > 0,
  reply: (reply, _, { contract, operation }) => {
    const side = asked(contract).find((one) => one.operation.id === operation.id)?.side;
    if (side === undefined || reply.status !== 200) return reply;
    // What stands in every entry of a list is garbled with the list.
    const places = Object.entries(side.answer).flatMap(([place, field]) =>
      'from' in field ? [place.replace(/\/\*.*$/, '')] : [],
    );
    return changeJson(reply, (body) => places.reduce((at, place) => withAt(at, place, { garbled: true }), body));
  },
};
