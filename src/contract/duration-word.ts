import { z } from 'zod';

/** A duration as contracts write it. */
export const duration = z.string().regex(/^\d+(\.\d+)?(ms|s|m|h)$/, 'must be a duration such as 250ms, 5s or 24h');
