import type { Fault } from '../fault.js';

export const expiredAtBirth: Fault = {
  id: 'expired-at-birth',
  title: 'Says that a result ended before it was there',
  rationale: 'Careful clients do not even try to fetch what they have paid for.',
  facts: ['A22', 'A27', 'H12'],
  applies: ({ submit }) =>
    Object.values(submit?.task.poll?.answer ?? {}).some(
      (field) => 'from' in field && field.from === 'result.expiresAt',
    ),
  view: (view) => ({
    ...view,
    results: view.results.map((result) => ({ ...result, expiresAt: (view.createdAt ?? 0) - 3_600_000 })),
  }),
};
