/** Sends hostile requests to a mock on a real socket, and looks whether it stays whole. */
import fc from 'fast-check';
import { type Listening, listen } from '../../mocks/adapters/node-http.js';
import { contractFile, vendorIds } from '../../specs/index.gen.js';
import type { Contract } from '../../src/contract/contract.js';
import { loadContract } from '../../src/contract/load-contract.js';
import { createMock } from '../../src/entry/mock.js';
import { examples } from '../specs/contracts.js';
import { honestTasks } from './honest-tasks.js';
import { type HostileRequest, hostileRequest, type Seed } from './hostile-request.js';
import { complaintAbout } from './judge-answer.js';
import { type Kind, kindsOf } from './kinds.js';
import { sendRaw } from './send-raw.js';

export interface FuzzOptions {
  readonly seed: number;
  readonly requests: number;
  /** At whom they are aimed; at all vendors in turn where none is named. */
  readonly vendor?: string;
  /** Requests that are sent before memory is measured for the first time: they fill what is filled once. */
  readonly warmUp?: number;
  /** Bytes in use. */
  readonly memory?: () => number;
  /** Replays one failure: as it was told. */
  readonly path?: string;
  /** Called between batches. */
  readonly onProgress?: (sent: number) => void;
}

export interface FuzzResult {
  readonly sent: number;
  /** How often each status came; 0 stands for a connection that was closed. */
  readonly statuses: ReadonlyMap<number, number>;
  /** How many requests were hostile in each way. */
  readonly kinds: ReadonlyMap<Kind, number>;
  /** Bytes by which memory has grown once everything was forgotten that the requests have left. */
  readonly grown: number;
  /** What went wrong with the smallest request that shows it; undefined where nothing did. */
  readonly failure?: string;
}

/** So many requests are on their way at once. */
const batchSize = 8;

/** For requests that do not end; long enough for honest ones on a machine that is busy. */
const patience = { headersMs: 3_000, wholeMs: 4_000 };

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

/** Forgets all tasks of the mock, in every namespace that somebody made up. */
async function forgetAll({ origin }: Listening): Promise<void> {
  const control = `${origin}/__proofsheet`;
  const { namespaces } = (await (await fetch(`${control}/namespaces`)).json()) as { namespaces: { name: string }[] };
  for (const { name } of namespaces)
    if (name !== '') await fetch(`${control}/namespaces/${name}`, { method: 'DELETE' });
  await fetch(`${control}/reset`, { method: 'POST' });
}

function count<T>(counts: Map<T, number>, what: T): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}

/** The same seed sends the same requests. */
export async function fuzzMock(options: FuzzOptions): Promise<FuzzResult> {
  const { seed, requests, vendor, warmUp = 0, memory = () => 0, path, onProgress } = options;
  const contracts = await Promise.all(vendorIds.map((id) => loadContract(contractFile(id))));
  const lost: unknown[] = [];
  const onLost = (error: unknown) => void lost.push(error);
  process.on('unhandledRejection', onLost);
  const { engine, close } = await createMock({ speed: 1_000_000 });
  const server = await listen(engine, { port: 0, host: '127.0.0.1', patience, onError: onLost });
  const statuses = new Map<number, number>();
  const kinds = new Map<Kind, number>();
  let sent = 0;

  const ask = async (request: HostileRequest): Promise<void> => {
    const answer = await sendRaw(server.port, request);
    sent += 1;
    count(statuses, answer.status);
    for (const kind of kindsOf(request)) count(kinds, kind);
    const complaint = complaintAbout(contracts, request, answer);
    const inside = lost.splice(0).map((error) => (error instanceof Error ? error.stack : String(error)));
    if (complaint !== undefined || inside.length > 0)
      throw new Error([complaint, ...inside, `to ${shown(request)}`].filter(Boolean).join('\n'));
  };
  const aimedAt = contracts.filter(({ id }) => vendor === undefined || id === vendor);
  const batch = fc.array(hostileRequest(seedsOf(aimedAt)), { minLength: 1, maxLength: batchSize, size: 'max' });
  const property = fc.asyncProperty(batch, async (all) => {
    await Promise.all(all.map(ask));
    onProgress?.(sent);
  });
  /** Batches have any size up to the largest; runs go on until enough was sent. */
  const storm = async (from: number, goal: number): Promise<string | undefined> => {
    for (let round = 0; sent < goal; round += 1) {
      const runs = Math.max(1, Math.ceil((2 * (goal - sent)) / (batchSize + 1)));
      const replay = path === undefined ? {} : { path };
      const details = await fc.check(property, { seed: from + round, numRuns: runs, ...replay });
      if (details.failed)
        return `seed ${details.seed}, path ${details.counterexamplePath}, after ${details.numShrinks} shrinks\n${String(details.errorInstance)}`;
      if (path !== undefined) break;
    }
    return undefined;
  };

  let grown = 0;
  const result = (failure?: string): FuzzResult => ({
    sent,
    statuses,
    kinds,
    grown,
    ...(failure === undefined ? {} : { failure }),
  });
  try {
    if (path === undefined) await storm(seed + 1_000_000, warmUp);
    await forgetAll(server);
    const before = memory();
    sent = 0;
    statuses.clear();
    kinds.clear();
    const stillThere = await honestTasks(server, contracts);
    const failure = await storm(seed, requests);
    if (failure !== undefined) return result(failure);
    await stillThere();
    await (await honestTasks(server, contracts))();
    await forgetAll(server);
    grown = memory() - before;
    return result();
  } catch (error) {
    return result(String(error));
  } finally {
    process.off('unhandledRejection', onLost);
    await server.close();
    await close();
  }
}
