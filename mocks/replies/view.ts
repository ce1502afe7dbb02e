import type { Phase, TaskResult, TaskView } from '../../src/core/task.js';
import { observe } from '../lifecycle/observe.js';
import { usageOf } from '../lifecycle/price.js';
import type { EngineRequest } from '../message.js';
import type { StoredTask } from '../store.js';
import type { VendorMock } from '../vendor-mock.js';
import { resultUrl } from './results.js';

function costOf(phase: Phase, price: number): number {
  return phase === 'failed' || phase === 'cancelled' ? 0 : price;
}

function resultsOf(mock: VendorMock, stored: StoredTask, request: EngineRequest): TaskResult[] {
  const expiresAt = stored.plan.endedAt + mock.resultLifetimeMs;
  return Array.from({ length: stored.request.count }, (_, index) => ({
    url: resultUrl(mock, stored, index, request.origin),
    expiresAt,
  }));
}

/** A task as an answer tells of it at an instant. */
export function viewOf(mock: VendorMock, stored: StoredTask, now: number, request: EngineRequest): TaskView {
  const { plan } = stored;
  const { phase, progress } = observe(plan, now);
  const ended = now >= plan.endedAt;
  const { model } = stored.request;
  return {
    id: stored.id,
    phase,
    progress,
    ...(model === undefined ? {} : { model }),
    createdAt: plan.createdAt,
    ...(ended
      ? { finishedAt: plan.endedAt, elapsedSeconds: Math.max(1, Math.round((plan.endedAt - plan.createdAt) / 1000)) }
      : {}),
    etaSeconds: plan.etaSeconds,
    cost: costOf(phase, plan.price),
    reserved: costOf(phase, plan.price),
    results: phase === 'succeeded' ? resultsOf(mock, stored, request) : [],
    ...(phase === 'failed' && plan.failure !== undefined ? { error: plan.failure } : {}),
    ...(mock.task.mode === 'sync' ? { usage: usageOf(stored.request) } : {}),
    request: stored.request.body,
    params: stored.request.params,
  };
}
