/** The machine's own chance, for what need not be repeatable: a draw from [0, 1). */
export const ambientChance = (): number => Math.random();
