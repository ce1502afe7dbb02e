import { balanceEndpoint } from '../balance.js';
import { type Check, type DraftFinding, findingAt, judgement } from '../check.js';
import { tasksOf, unique } from '../contract-facts.js';
import { endOf, placeIn } from '../judging.js';

export const reservationHolds: Check = {
  id: 'reservation-holds',
  title: 'No task costs more than was reserved, and no balance falls below zero',
  rationale: 'Whoever checks the balance before a submit is in debt all the same.',
  facts: ['H16'],
  covers: (contract) => unique(...tasksOf(contract).map(({ price }) => price?.facts)),
  faults: ['shows-debt'],
  judge(evidence) {
    const told = evidence.journeys.flatMap((journey) => {
      const end = endOf(journey);
      const [reserved, cost] = [journey.view.reserved, end?.view.cost];
      return end === undefined || reserved === undefined || cost === undefined
        ? []
        : [{ journey, end, reserved, cost }];
    });
    const dearer = told
      .filter(({ reserved, cost }) => cost > reserved)
      .map(({ journey, end, reserved, cost }) =>
        findingAt(evidence, [journey.submit, end.sent], {
          facts: unique(['H16'], journey.operation.task.price?.facts),
          pointer: placeIn(journey, end.sent, 'cost'),
          message: `A task costs ${cost} although ${reserved} was reserved for it`,
          expected: `at most ${reserved}`,
          observed: String(cost),
        }),
      );
    const readings = evidence.journeys.flatMap(({ balance }) => [
      ...(balance?.before ?? []),
      ...(balance?.after ?? []),
    ]);
    const inDebt = readings.flatMap(({ sent, amounts }): DraftFinding[] => {
      const [below] = Object.entries(amounts).filter(([, { amount }]) => amount < 0);
      if (below === undefined) return [];
      const [pointer, { amount }] = below;
      const message = 'The balance of an account is below zero';
      return [
        findingAt(evidence, sent, {
          facts: ['H16'],
          pointer,
          message,
          expected: '0 or more',
          observed: String(amount),
        }),
      ];
    });
    return judgement(evidence, told.length + readings.length, [...dearer, ...inDebt], {
      probes: ['baseline'],
      unseen: 'neither a reservation nor a balance was told',
      absent: balanceEndpoint(evidence.contract) === undefined ? 'no balance can be asked for' : undefined,
    });
  },
};
