import { type Check, findingAt, judgement } from '../check.js';
import { parameterFor, submitsOf, unique } from '../contract-facts.js';
import { deliveryFacts, hasSucceeded, judgeBytes, shownBy, taskProbes } from '../judging.js';

const roles = ['size', 'format', 'count', 'background'] as const;

export const defaultHonoured: Check = {
  id: 'default-honoured',
  title: 'Parameters left out take their documented default',
  rationale: 'A client that leaves a parameter out relies on the page to know what it gets.',
  facts: ['H6'],
  covers: (contract) =>
    unique(
      deliveryFacts(contract, 'size', 'format', 'count'),
      ...submitsOf(contract).flatMap((operation) =>
        roles.map((role) => parameterFor(contract, operation, role)?.facts),
      ),
    ),
  faults: ['ignores-default'],
  judge(evidence) {
    const bytes = (['size', 'format', 'alpha'] as const).map((role) =>
      judgeBytes(
        evidence,
        role,
        ['default'],
        (expected, observed, pointer) =>
          `Without ${pointer}, the image is ${role === 'alpha' ? 'opaque' : observed} instead of ${role === 'alpha' ? 'transparent' : expected}`,
      ),
    );
    const counted = evidence.journeys.filter(
      (journey) => hasSucceeded(journey) && journey.results.length > 0 && journey.expects.count?.because === 'default',
    );
    const counts = counted.flatMap((journey) => {
      const count = journey.expects.count;
      if (count === undefined || journey.results.length === count.value) return [];
      return [
        findingAt(evidence, shownBy(journey, -1), {
          facts: count.facts,
          message: `Without ${count.pointer}, ${journey.results.length} images are delivered instead of ${count.value}`,
          pointer: count.pointer,
          expected: `${count.value} images`,
          observed: `${journey.results.length} images`,
        }),
      ];
    });
    const observations = bytes.reduce((sum, one) => sum + one.observations, counted.length);
    const findings = [...bytes.flatMap((one) => one.findings), ...counts];
    const stated = submitsOf(evidence.contract).some((operation) =>
      roles.some((role) => parameterFor(evidence.contract, operation, role)?.keywords['default'] !== undefined),
    );
    return judgement(evidence, observations, findings, {
      probes: taskProbes,
      unseen: 'no image was delivered for a request that leaves them out',
      absent: stated ? undefined : 'the contract states no default for what is delivered',
    });
  },
};
