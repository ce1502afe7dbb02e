/** One worker of `load --workers`: a thread that drives its share. Started by `load-workers.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { parsePolicy } from '../core/polling.js';
import { resolveContract } from '../entry/contracts.js';
import { parseArrivals } from '../load/arrivals.js';
import { runShare } from '../load/workers/run-share.js';
import { arrivalsAt } from '../load/workers/share.js';
import type { WorkerOrder } from './load-workers.js';

const { vendor, policy, arrivals, share } = workerData as WorkerOrder;
if (parentPort === null) throw new Error('A worker of a load is started by the command, not by itself');
const parts = {
  contract: await resolveContract(vendor),
  ...(policy === undefined ? {} : { policy: parsePolicy(policy) }),
  arrivals: share.moments === undefined ? await parseArrivals(arrivals, share.options.rate) : arrivalsAt(share.moments),
};
await runShare(share, parts, parentPort);
