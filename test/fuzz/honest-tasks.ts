import type { Listening } from '../../mocks/adapters/node-http.js';
import type { Contract } from '../../src/contract/contract.js';
import { examples } from '../specs/contracts.js';

/** What honest clients have left behind, to see that it is still there. */
export async function honestTasks({ origin }: Listening, contracts: readonly Contract[]): Promise<() => Promise<void>> {
  const base = (id: string) => `${origin}/${id}`;
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
