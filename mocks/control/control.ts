import type { EngineReply, EngineRequest } from '../message.js';
import { mayLook } from './may-look.js';
import { type ControlContext, type ControlRoute, controlRoot, refuse } from './route.js';
import { accountRoutes } from './routes/accounts.js';
import { clockRoutes } from './routes/clock.js';
import { endTaskRoute } from './routes/end-task.js';
import { journalRoutes } from './routes/journal.js';
import { namespaceRoutes } from './routes/namespaces.js';
import { resetRoute } from './routes/reset.js';
import { snapshotRoutes } from './routes/snapshot.js';
import { stateRoute } from './routes/state.js';
import { taskRoutes } from './routes/tasks.js';
import { webhookRoutes } from './routes/webhooks.js';

/** All that there are, in the order in which they are tried. */
export const routes: readonly ControlRoute[] = [
  stateRoute,
  ...taskRoutes,
  endTaskRoute,
  resetRoute,
  ...snapshotRoutes,
  ...clockRoutes,
  ...accountRoutes,
  ...journalRoutes,
  ...webhookRoutes,
  ...namespaceRoutes,
];

function placesOf(route: ControlRoute, path: string): Record<string, string> | undefined {
  const [wanted, sent] = [route.path.split('/'), path.split('/')];
  if (wanted.length !== sent.length) return undefined;
  const places: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = sent[index] ?? '';
    if (!part.startsWith('{')) {
      if (part !== value) return undefined;
    } else {
      try {
        places[part.slice(1, -1)] = decodeURIComponent(value);
      } catch {
        return undefined;
      }
    }
  }
  return places;
}

function readBody(body: Uint8Array | undefined): { readonly value: unknown } | undefined {
  if (body === undefined || body.byteLength === 0) return { value: undefined };
  try {
    return { value: JSON.parse(Buffer.from(body).toString()) };
  } catch {
    return undefined;
  }
}

/** Answers everything under `/__proofsheet`. */
export function controlReply(
  context: ControlContext,
  request: EngineRequest,
  token: string | undefined,
): EngineReply | Promise<EngineReply> {
  if (!mayLook(request, token))
    return refuse(403, 'The control API answers programs on this machine, others only with the admin token');
  const path = request.path.slice(controlRoot.length).replace(/\/+$/, '');
  const found = routes.flatMap((route) => {
    const places = placesOf(route, path);
    return places === undefined ? [] : [{ route, places }];
  });
  const match = found.find(({ route }) => route.method === request.method);
  if (match === undefined) {
    if (found.length === 0) return refuse(404, `The control API has no ${controlRoot}${path}`);
    const allow = found.map(({ route }) => route.method).join(', ');
    const reply = refuse(405, `${controlRoot}${path} takes ${allow}`);
    return { ...reply, headers: { ...reply.headers, allow } };
  }
  const body = readBody(request.body);
  if (body === undefined) return refuse(400, 'The body is not valid JSON');
  return match.route.handle(context, {
    places: match.places,
    query: new URLSearchParams(request.query),
    body: body.value,
  });
}
