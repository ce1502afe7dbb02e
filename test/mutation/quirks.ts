import { drop, type Phase, put, type Quirk, rewrite } from '../servers/kit.js';

/** Something else at a place of the answers about a task in one of these phases; undefined takes it away. */
export function during(phases: readonly Phase[], place: string, value: unknown): Quirk {
  return {
    view: (body, _job, { phase }) =>
      phases.includes(phase) ? (value === undefined ? drop(body, place) : put(body, place, value)) : body,
  };
}

/** Something else at a place of every answer with that status; undefined takes it away. */
export function refusal(status: number, place: string, value: unknown): Quirk {
  return {
    reply: (reply) =>
      reply.status === status
        ? rewrite(reply, (body) => (value === undefined ? drop(body, place) : put(body, place, value)))
        : reply,
  };
}
