import { jsonReply, jsonTextReply } from '../../message.js';
import { readSnapshot, restoreSnapshot, snapshotText } from '../../state/snapshot.js';
import { mostSnapshotBytes, snapshotTooLarge } from '../body-limit.js';
import { type ControlRoute, refuse } from '../route.js';
import { resetNamespace } from './reset.js';

const take: ControlRoute = {
  method: 'GET',
  path: '/snapshot',
  handle({ space, webhooks, clock }) {
    const text = snapshotText(space, webhooks, clock.now(), mostSnapshotBytes);
    return text === undefined ? refuse(409, snapshotTooLarge) : jsonTextReply(200, text);
  },
};

/** Puts the namespace of the request into the state of a snapshot; what was there before is forgotten. */
const restore: ControlRoute = {
  method: 'PUT',
  path: '/snapshot',
  async handle(context, { body }) {
    const read = readSnapshot(context.space, body);
    if ('problem' in read) return refuse(400, read.problem);
    await resetNamespace(context);
    const tasks = await restoreSnapshot(context.namespaces.open(context.space.name), read.snapshot, context.clock);
    return jsonReply(200, { namespace: context.space.name, tasks });
  },
};

export const snapshotRoutes: readonly ControlRoute[] = [take, restore];
