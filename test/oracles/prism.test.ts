import { expect, test } from 'vitest';
import { toFetch } from '../../mocks/adapters/fetch.js';
import { vendorIds } from '../../specs/index.gen.js';
import type { Operation } from '../../src/contract/operations.js';
import { getAt, type Json, withAt } from '../../src/core/pointer.js';
import { createMock } from '../../src/entry/mock.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { createPrismJudge } from '../support/prism.js';
import { call } from '../support/transports.js';

const minute = 60_000;

/** A small legal body for an operation, from its first documented example. */
function exampleBody(document: unknown, operation: Operation): Json {
  const media = getAt(document, `${operation.pointer}/requestBody/content/application~1json`) as Record<string, never>;
  const [first] = Object.values((media['examples'] ?? {}) as Record<string, { value: Json }>);
  return first?.value ?? {};
}

test.each(vendorIds)('Prism agrees that every JSON answer of %s satisfies the contract', async (vendor) => {
  const clock = createVirtualClock();
  const { engine, contracts } = await createMock({ vendors: [vendor], clock });
  const [contract] = contracts;
  const submit = contract?.submit;
  if (contract === undefined || submit === undefined) throw new Error(`${vendor} has no submit operation`);
  const send = toFetch(engine);
  const prism = await createPrismJudge(contract.document);
  const base = `http://mock.test/${vendor}`;
  let judged = 0;

  const judge = async (operation: Operation, request: Request) => {
    const response = await clock.run(() => send(request));
    const body = (await response.json()) as Json;
    const type = response.headers.get('content-type') ?? '';
    expect(prism.complaints(operation.method, operation.path, response.status, type, body)).toEqual([]);
    // The canary: if Prism takes this for an answer, too, its approval above is worth nothing.
    expect(prism.complaints(operation.method, operation.path, response.status, type, [body])).not.toEqual([]);
    judged += 1;
    return body;
  };

  const good = exampleBody(contract.document, submit);
  const prompt = submit.task.request.prompt ?? '/prompt';
  const refused = withAt(good, prompt, 'a policy violation');
  const accepted = await judge(submit, call(base, vendor, submit.path, good));
  await judge(submit, call(base, vendor, submit.path, withAt(good, prompt, 7)));
  await judge(submit, call(base, vendor, submit.path, good, 'sk-nobody'));
  const doomed = await judge(submit, call(base, vendor, submit.path, refused));

  const { poll } = contract;
  const place = submit.task.poll?.id;
  if (poll !== undefined && place !== undefined) {
    const idAt =
      Object.entries(submit.task.answer).find(([, field]) => 'from' in field && field.from === 'id')?.[0] ?? '';
    const path = (id: string) =>
      place.in === 'path' ? poll.path.replace(`{${place.name}}`, id) : `${poll.path}?${place.name}=${id}`;
    const ids = [accepted, doomed].map((body) => String(getAt(body, idAt)));
    for (const wait of [0, minute / 12, minute]) {
      clock.advance(wait);
      for (const id of ids) await judge(poll, call(base, vendor, path(id)));
    }
    await judge(poll, call(base, vendor, path('nobody')));
    await judge(poll, call(base, vendor, path('nobody'), undefined, 'sk-nobody'));
  }
  expect(judged).toBeGreaterThanOrEqual(4);
});
