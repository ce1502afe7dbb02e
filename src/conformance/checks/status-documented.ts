import { type Contract, responseFor } from '../../contract/contract.js';
import { type Check, findingAt, judgement } from '../check.js';
import { orElse, unique } from '../contract-facts.js';
import type { Sent } from '../evidence.js';
import { isOpenRefusal, isServed } from '../judging.js';

/** Any HTTP service may throttle, whether its page says so or not. */
const alwaysAllowed = [429];

function isDocumented(contract: Contract, { operation, status, purpose }: Sent): boolean {
  if (operation === undefined || status === undefined || alwaysAllowed.includes(status)) return true;
  if (responseFor(operation, status) !== undefined) return true;
  // The contract's own words for a refusal name statuses as well.
  const kinds = (operation.task ?? contract.submit?.task)?.errors.kinds ?? {};
  return (purpose.refusal ?? []).some((kind) => {
    const stated = kinds[kind];
    return stated?.status === status || stated?.accept?.includes(status);
  });
}

export const statusDocumented: Check = {
  id: 'status-documented',
  title: 'Every status is one that the page documents',
  rationale: 'Clients branch on the status: an unknown one lands in the branch for things that cannot happen.',
  facts: ['H2'],
  covers: (contract) =>
    unique(
      ...contract.operations.map(({ facts, responses }) =>
        unique(facts, ...Object.values(responses).map((one) => one.facts)),
      ),
    ),
  faults: ['undocumented-status'],
  codes: ['F200'],
  judge(evidence) {
    const judged = evidence.sent.filter(
      (sent) =>
        sent.operation !== undefined && sent.status !== undefined && isServed(evidence, sent) && !isOpenRefusal(sent),
    );
    const findings = judged
      .filter((sent) => !isDocumented(evidence.contract, sent))
      .map((sent) => {
        const { operation } = sent;
        const documented = Object.keys(operation?.responses ?? {}).join(', ');
        return findingAt(evidence, sent, {
          facts: orElse(
            unique(operation?.facts, ...Object.values(operation?.responses ?? {}).map((one) => one.facts)),
            ['H2'],
          ),
          message: `Status ${sent.status} is not documented for this operation`,
          expected: `one of ${documented}`,
          observed: `status ${sent.status}`,
        });
      });
    return judgement(evidence, judged.length, findings, { probes: [], unseen: 'nothing was answered' });
  },
};
