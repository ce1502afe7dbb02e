import { resolve } from '../../src/contract/operations.js';
import { renderSide, type SideEndpoint, type SideValues } from '../../src/contract/side-endpoint.js';
import { getAt, type Json } from '../../src/core/pointer.js';
import type { Account } from '../accounts.js';
import { type EngineReply, type EngineRequest, jsonReply } from '../message.js';
import type { VendorMock } from '../vendor-mock.js';
import { takeUpload } from './upload.js';

/** An account without an end is told by -1 where the vendor says how much is left. */
function accountValues(account: Account, now: number): SideValues {
  const remaining = account.balance(now);
  const unlimited = !Number.isFinite(remaining);
  return {
    'account.remaining': unlimited ? -1 : Math.max(0, remaining),
    'account.used': account.used(now),
    'account.unlimited': unlimited,
  };
}

/** Every model that the submit operation's schema names. */
function modelIds(mock: VendorMock): Json[] {
  const { contract, task } = mock;
  const schema = Object.values(contract.submit?.request ?? {})[0];
  if (schema === undefined || task.request.model === undefined) return [];
  const place = task.request.model.split('/').slice(1).join('/properties/');
  const named = getAt(resolve(contract.document, schema).value, `/properties/${place}/enum`);
  return Array.isArray(named) ? (named as Json[]) : [];
}

/** Answers what stands beside the tasks: how much is left, which models there are, where a sent picture can be found. */
export function sideReply(
  mock: VendorMock,
  side: SideEndpoint,
  account: Account,
  request: EngineRequest,
): EngineReply | Promise<EngineReply> {
  if (side.kind === 'upload') return takeUpload(mock, side, account, request);
  const values = side.kind === 'models' ? { 'model.id': modelIds(mock) } : accountValues(account, mock.clock.now());
  return jsonReply(200, renderSide(side.answer, values));
}

/** What a refused key is told where the contract has an answer of its own for it; else undefined. */
export function sideRefusal(side: SideEndpoint | undefined, message: string): EngineReply | undefined {
  if (side?.refusal === undefined) return undefined;
  return jsonReply(side.refusal.status, renderSide(side.refusal.answer, { 'error.message': message }));
}
