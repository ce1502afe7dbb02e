import { phases } from '../../../src/core/task.js';
import { jsonReply } from '../../message.js';
import { removeTask } from '../change-task.js';
import { type ControlContext, type ControlRequest, type ControlRoute, mocksOf, refuse, wholeNumber } from '../route.js';
import { controlTask } from '../task-view.js';

const usualLimit = 100;

/** The task that a path names, in the namespace of the request. */
export function taskAt({ space }: ControlContext, { places }: ControlRequest) {
  const mock = space.mock(places['vendor'] ?? '');
  const stored = mock?.store.get(places['id'] ?? '');
  return mock === undefined || stored === undefined ? undefined : { mock, stored };
}

export const unknownTask = () => refuse(404, 'There is no task with this id in this namespace');

const list: ControlRoute = {
  method: 'GET',
  path: '/tasks',
  handle({ space, clock }, { query }) {
    const limit = wholeNumber(query.get('limit'), usualLimit);
    const phase = query.get('phase');
    if (limit === undefined) return refuse(400, 'limit takes a whole number');
    if (phase !== null && !phases.some((known) => known === phase))
      return refuse(400, `phase takes one of ${phases.join(', ')}`);
    const now = clock.now();
    const found = mocksOf(space, query.get('vendor'))
      .flatMap((mock) => [...mock.store.all()].map((stored) => controlTask(mock, stored, now)))
      .filter((task) => phase === null || task.phase === phase);
    return jsonReply(200, { count: found.length, tasks: limit === 0 ? [] : found.slice(-limit) });
  },
};

const inspect: ControlRoute = {
  method: 'GET',
  path: '/tasks/{vendor}/{id}',
  handle(context, request) {
    const found = taskAt(context, request);
    if (found === undefined) return unknownTask();
    const { mock, stored } = found;
    return jsonReply(200, {
      ...controlTask(mock, stored, context.clock.now()),
      body: stored.request.body,
      ...(stored.plan.failure === undefined ? {} : { failure: stored.plan.failure }),
    });
  },
};

const remove: ControlRoute = {
  method: 'DELETE',
  path: '/tasks/{vendor}/{id}',
  async handle(context, request) {
    const found = taskAt(context, request);
    if (found === undefined) return unknownTask();
    await removeTask(found.mock, found.stored);
    return jsonReply(200, { deleted: found.stored.id });
  },
};

export const taskRoutes: readonly ControlRoute[] = [list, inspect, remove];
