/** The control API and its document say the same. */
import { expect, test } from 'vitest';
import { routes } from '../../../mocks/control/control.js';
import { controlRoot } from '../../../mocks/control/route.js';
import { getAt } from '../../../src/core/pointer.js';
import { api, mocked } from './steered-mock.js';

test('the document has every route, and no other', () => {
  const written = api.operations.map(({ method, path }) => `${method} ${path.replace(/\/$/, '')}`);
  const served = routes.map(({ method, path }) => `${method} ${path}`);
  expect(written.toSorted()).toEqual(served.toSorted());
});

test.each(api.operations.map((operation) => [operation.id, operation] as const))(
  '%s answers as the document says, with the example of the document',
  async (_, { method, path, pointer }) => {
    const { clock, control, submit, mock } = await mocked();
    await submit({ callback_url: 'http://127.0.0.1:3000/' });
    clock.advance(600_000);
    await mock.engine.webhooks.settled();
    const id = await submit();
    await submit({}, { 'x-proofsheet-namespace': 'mine' });
    const [call] = mock.engine.webhooks.deliveries(mock.engine.namespaces.main.mocks());
    const places: Record<string, string> = { vendor: 'evolink', account: '1', name: 'mine' };
    const idHere = path.startsWith('/webhooks') ? (call?.id ?? '') : id;
    const at = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => places[name] ?? idHere).replace(/\/$/, '');
    const example = getAt(api.document, `${pointer}/requestBody/content/application~1json/example`);
    expect([at, (await control(method, at, example)).status]).toEqual([at, 200]);
  },
);

test('every operation is reached under the root that the answers of the mock name', async () => {
  const { send } = await mocked();
  expect((await send('GET', controlRoot, undefined, {})).status).toBe(200);
});
