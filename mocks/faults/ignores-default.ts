import type { Role } from '../../src/contract/async-task.js';
import type { Contract } from '../../src/contract/contract.js';
import { getAt } from '../../src/core/pointer.js';
import { statedDefaults } from '../admission/schema-defaults.js';
import type { Fault } from '../fault.js';

function statesDefault(contract: Contract, role: Role): boolean {
  const { submit } = contract;
  return submit !== undefined && role in statedDefaults(contract, submit.task, Object.values(submit.request)[0]);
}

export const ignoresDefault: Fault = {
  id: 'ignores-default',
  title: 'Takes another size or format than the documented default',
  rationale: 'A client that leaves a parameter out gets something else than it was promised.',
  facts: ['A9', 'A10', 'A16', 'G3', 'P5'],
  applies: (contract) =>
    statesDefault(contract, 'size') || statesDefault(contract, 'format') || statesDefault(contract, 'count'),
  effective: (request, body, { contract }) => {
    const roles = contract.submit?.task.request ?? {};
    const left = (role: 'size' | 'count') =>
      statesDefault(contract, role) && getAt(body, roles[role] ?? '/') === undefined;
    return {
      ...request,
      ...(left('size') ? { width: request.height === 1024 ? 1536 : request.height, height: 1024 } : {}),
      ...(left('count') ? { count: 2 } : {}),
    };
  },
};
