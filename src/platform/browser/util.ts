/** What is promised here already needs no promise. */
export const promisify = <T>(work: T): T => work;
