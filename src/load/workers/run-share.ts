import type { MessagePort } from 'node:worker_threads';
import { createHttpPool } from '../../platform/http-pool.js';
import { watchThreadHealth } from '../../platform/process-health.js';
import { summaryOptions } from '../crew.js';
import { drive } from '../driver.js';
import { observeRun } from '../observe-run.js';
import { planLoad, wholePlan } from '../plan-load.js';
import type { RunLoadOptions } from '../run-load-options.js';
import type { FromWorker, ShareOrder, ToWorker } from './messages.js';
import { connectionsOf, shareOf } from './share.js';

export type ShareParts = Pick<RunLoadOptions, 'contract'> & Pick<RunLoadOptions, 'policy' | 'arrivals'>;

/**
 * One worker of a load, in its own thread: says that it is ready, drives its share from the common start on, and tells
 * what happens there. Rejects for a fault of ours only.
 */
export async function runShare({ share, options }: ShareOrder, parts: ShareParts, port: MessagePort): Promise<void> {
  const own = { ...options, ...parts };
  const plan = planLoad(own);
  const { clock, warmUpMs, giveUpAfterMs, target } = plan;
  const tell = (message: FromWorker) => port.postMessage(message);
  const stop = new AbortController();
  const startAt = await new Promise<number>((resolve) => {
    port.on('message', (message: ToWorker) => {
      if (message.type === 'stop') stop.abort();
      else resolve(message.at);
    });
    tell({ type: 'ready' });
  });
  await clock.sleep(startAt - clock.now(), stop.signal).catch(() => undefined);

  const health = watchThreadHealth();
  const run = observeRun({
    startedAt: startAt,
    warmUpMs,
    summary: { ...summaryOptions(own, plan, startAt), alignedAt: startAt + warmUpMs },
    giveUpAfterMs,
    now: clock.now,
    onWarm: health.restart,
    onLook: () => tell({ type: 'look', look: run.handOver() }),
  });
  const pool = createHttpPool(target.baseUrl, { connections: connectionsOf(share) });
  try {
    const overdue = await drive({
      ...shareOf(wholePlan(own, plan), share),
      transport: pool.transport,
      startAt,
      signal: stop.signal,
      onSample: run.add,
    });
    tell({ type: 'end', look: run.handOver(), overdue, health: health.stop(), warmUpTasks: run.warmUpTasks() });
  } finally {
    await pool.close();
    port.close();
  }
}
