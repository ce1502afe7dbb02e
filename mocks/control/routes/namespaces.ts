import { jsonReply } from '../../message.js';
import { type ControlRoute, refuse } from '../route.js';
import { resetNamespace } from './reset.js';

const list: ControlRoute = {
  method: 'GET',
  path: '/namespaces',
  handle: ({ namespaces }) =>
    jsonReply(200, {
      namespaces: namespaces.list().map((space) => ({
        name: space.name,
        tasks: space.mocks().reduce((sum, mock) => sum + mock.store.size, 0),
        requests: space.journal.count(),
      })),
    }),
};

const remove: ControlRoute = {
  method: 'DELETE',
  path: '/namespaces/{name}',
  async handle(context, { places }) {
    const space = context.namespaces.get(places['name'] ?? '');
    if (space === undefined || space.name === '') return refuse(404, 'There is no namespace with this name');
    await resetNamespace({ ...context, space });
    return jsonReply(200, { namespace: space.name });
  },
};

export const namespaceRoutes: readonly ControlRoute[] = [list, remove];
