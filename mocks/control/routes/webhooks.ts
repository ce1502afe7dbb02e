import { z } from 'zod';
import { jsonReply } from '../../message.js';
import { isOddity, oddities } from '../../webhooks/oddity.js';
import { type ControlRoute, mocksOf, refuse } from '../route.js';

const list: ControlRoute = {
  method: 'GET',
  path: '/webhooks',
  handle({ space, webhooks }, { query }) {
    const state = query.get('state');
    const found = webhooks
      .deliveries(mocksOf(space, query.get('vendor')))
      .filter((delivery) => state === null || delivery.state === state);
    return jsonReply(200, { count: found.length, deliveries: found });
  },
};

const replay: ControlRoute = {
  method: 'POST',
  path: '/webhooks/{id}/replay',
  async handle({ space, webhooks }, { places }) {
    const mocks = space.mocks();
    const id = places['id'] ?? '';
    if (!webhooks.deliveries(mocks).some((delivery) => delivery.id === id))
      return refuse(404, 'There is no delivery with this id in this namespace');
    const replayed = await webhooks.replay(mocks, id);
    return replayed === undefined
      ? refuse(409, 'This delivery is still under way, or its address may not be called from here')
      : jsonReply(200, replayed);
  },
};

const wish = z.strictObject({ active: z.array(z.string()) });

const readOddities: ControlRoute = {
  method: 'GET',
  path: '/webhooks/oddities',
  handle: ({ webhooks }) => jsonReply(200, { active: [...webhooks.oddities], known: oddities }),
};

/** Decides how calls go wrong from now on, in every namespace. */
const setOddities: ControlRoute = {
  method: 'PUT',
  path: '/webhooks/oddities',
  handle(context, request) {
    const parsed = wish.safeParse(request.body);
    const ids = parsed.success ? parsed.data.active : [''];
    if (!ids.every(isOddity))
      return refuse(400, `Send {"active": […]} with any of ${oddities.map(({ id }) => id).join(', ')}`);
    context.webhooks.oddities.clear();
    for (const id of ids.filter(isOddity)) context.webhooks.oddities.add(id);
    return readOddities.handle(context, request);
  },
};

export const webhookRoutes: readonly ControlRoute[] = [list, readOddities, setOddities, replay];
