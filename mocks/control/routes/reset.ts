import { jsonReply } from '../../message.js';
import type { ControlContext, ControlRoute } from '../route.js';

/** Forgets everything in the namespace of the request: tasks, charges, journal, deliveries. */
export async function resetNamespace({ namespaces, space, webhooks, recorder }: ControlContext): Promise<void> {
  webhooks.forget(namespaces.drop(space.name));
  await recorder?.dropped(space.name);
}

export const resetRoute: ControlRoute = {
  method: 'POST',
  path: '/reset',
  async handle(context) {
    await resetNamespace(context);
    return jsonReply(200, { namespace: context.space.name });
  },
};
