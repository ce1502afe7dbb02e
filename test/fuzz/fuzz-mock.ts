/** Sends hostile requests to a mock of every vendor on a real socket, and looks whether it stays whole. */
import fc from 'fast-check';
import { contractFile, vendorIds } from '../../specs/index.gen.js';
import type { Contract } from '../../src/contract/contract.js';
import { loadContract } from '../../src/contract/load-contract.js';
import { type RunningMock, startMock } from '../../src/entry/mock.js';
import { examples } from '../specs/contracts.js';
import { type HostileRequest, hostileRequest, type Seed } from './hostile-request.js';
import { complaintAbout } from './judge-answer.js';
import { sendRaw } from './send-raw.js';

export interface FuzzOptions {
  readonly seed: number;
  readonly requests: number;
  /** Replays one failure: as it was told. */
  readonly path?: string;
  /** Called between batches. */
  readonly onProgress?: (sent: number) => void;
}

export interface FuzzResult {
  readonly sent: number;
  /** How often each status came; 0 stands for a connection that was closed. */
  readonly statuses: ReadonlyMap<number, number>;
  /** What went wrong with the smallest request that shows it; undefined where nothing did. */
  readonly failure?: string;
}

/** So many requests are on their way at once. */
const batchSize = 8;

function seedsOf(contracts: readonly Contract[]): [Seed, ...Seed[]] {
  const bodies = new Map<string, unknown>();
  for (const { contract, operation, kind, body } of examples)
    if (kind === 'request') bodies.set(`${contract.id} ${operation.id}`, body);
  const seeds = contracts.flatMap((contract) =>
    contract.operations.flatMap((operation): Seed[] => {
      const path = operation.path.replaceAll(/\{\w+\}/g, 'task-unified-1-aaaaaaaa');
      const body = bodies.get(`${contract.id} ${operation.id}`) ?? { prompt: 'A lake' };
      const { method } = operation;
      const seed = { vendor: contract.id, method, path, ...(method === 'POST' ? { body } : {}) };
      // Submits are where most can go wrong.
      return operation.task === undefined ? [seed] : [seed, seed, seed];
    }),
  );
  const [first, ...rest] = seeds;
  if (first === undefined) throw new Error('there is nothing to ask');
  return [first, ...rest];
}

/** What honest clients have left behind, to see that it is still there. */
async function honestTasks(mock: RunningMock, contracts: readonly Contract[]): Promise<() => Promise<void>> {
  const base = (id: string) => mock.vendors[id] ?? '';
  const submitted = await Promise.all(
    contracts.map(async ({ id, submit, server }) => {
      if (submit === undefined) return undefined;
      const legal = examples.find(({ contract, kind }) => contract.id === id && kind === 'request')?.body;
      const headers = { authorization: `Bearer sk-${id}-test`, 'content-type': 'application/json' };
      const body = JSON.stringify({ ...(legal as object), callback_url: undefined, webhook: undefined });
      const response = await fetch(base(id) + submit.path, { method: 'POST', headers, body });
      if (response.status !== 200) throw new Error(`an honest request to ${server} is answered ${response.status}`);
      const known = /"(?:task_id|id)":"([^"]+)"/.exec(await response.text())?.[1];
      return { id, submit, known, headers };
    }),
  );
  return async () => {
    for (const one of submitted) {
      if (one?.known === undefined || one.submit.task.poll === undefined) continue;
      const { in: where, name } = one.submit.task.poll.id;
      const contract = contracts.find(({ id }) => id === one.id);
      const path = contract?.operations.find(({ id }) => id === one.submit.task.poll?.operation)?.path ?? '';
      const url = where === 'path' ? path.replace(`{${name}}`, one.known) : `${path}?${name}=${one.known}`;
      const response = await fetch(base(one.id) + url, { headers: one.headers });
      if (response.status !== 200) throw new Error(`the task ${one.known} of ${one.id} is gone: ${response.status}`);
    }
  };
}

function shown({ method, path, headers, body, sending }: HostileRequest): string {
  const text = Buffer.from(body).toString('latin1');
  return JSON.stringify({
    method,
    path,
    headers,
    sending,
    body: text.length > 2_000 ? `${text.slice(0, 2_000)}…` : text,
  });
}

/** The same seed sends the same requests. */
export async function fuzzMock({ seed, requests, path, onProgress }: FuzzOptions): Promise<FuzzResult> {
  const contracts = await Promise.all(vendorIds.map((id) => loadContract(contractFile(id))));
  const lost: unknown[] = [];
  const onLost = (error: unknown) => void lost.push(error);
  process.on('unhandledRejection', onLost);
  const mock = await startMock({ speed: 1_000_000, onError: onLost });
  const statuses = new Map<number, number>();
  let sent = 0;

  const ask = async (request: HostileRequest): Promise<void> => {
    const answer = await sendRaw(mock.port, request);
    sent += 1;
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    const complaint = complaintAbout(contracts, request, answer);
    const inside = lost.splice(0).map((error) => (error instanceof Error ? error.stack : String(error)));
    if (complaint !== undefined || inside.length > 0)
      throw new Error([complaint, ...inside, `to ${shown(request)}`].filter(Boolean).join('\n'));
  };

  try {
    const stillThere = await honestTasks(mock, contracts);
    const batch = fc.array(hostileRequest(seedsOf(contracts)), { minLength: 1, maxLength: batchSize, size: 'max' });
    const property = fc.asyncProperty(batch, async (all) => {
      await Promise.all(all.map(ask));
      onProgress?.(sent);
    });
    const more = path === undefined ? {} : { path };
    // Batches have any size up to the largest; runs go on until enough was sent.
    for (let round = 0; sent < requests; round += 1) {
      const runs = Math.max(1, Math.ceil((2 * (requests - sent)) / (batchSize + 1)));
      const details = await fc.check(property, { seed: seed + round, numRuns: runs, ...more });
      if (details.failed) {
        const replay = `seed ${details.seed}, path ${details.counterexamplePath}`;
        return {
          sent,
          statuses,
          failure: `${replay}, after ${details.numShrinks} shrinks\n${String(details.errorInstance)}`,
        };
      }
      if (path !== undefined) break;
    }
    await stillThere();
    await (await honestTasks(mock, contracts))();
    return { sent, statuses };
  } catch (error) {
    return { sent, statuses, failure: String(error) };
  } finally {
    process.off('unhandledRejection', onLost);
    await mock.close();
  }
}
