import { z } from 'zod';
import { isTerminal } from '../../../src/core/task.js';
import { observe } from '../../lifecycle/observe.js';
import { jsonReply } from '../../message.js';
import { endings, endTask } from '../change-task.js';
import { type ControlRoute, refuse } from '../route.js';
import { controlTask } from '../task-view.js';
import { taskAt, unknownTask } from './tasks.js';

const wish = z.strictObject({
  outcome: z.enum(endings),
  /** The vendor's own first reason where absent. */
  error: z
    .strictObject({
      code: z.union([z.string(), z.number()]).optional(),
      type: z.string().optional(),
      message: z.string().optional(),
    })
    .optional(),
});

/** Lets a task end now, instead of when it was planned. */
export const endTaskRoute: ControlRoute = {
  method: 'POST',
  path: '/tasks/{vendor}/{id}/end',
  async handle(context, request) {
    const found = taskAt(context, request);
    if (found === undefined) return unknownTask();
    const parsed = wish.safeParse(request.body);
    if (!parsed.success)
      return refuse(
        400,
        'Send {"outcome": "succeeded"}, {"outcome": "cancelled"} or {"outcome": "failed", "error": {"message": "…"}}',
      );
    const { mock, stored } = found;
    if (isTerminal(observe(stored.plan, context.clock.now()).phase)) return refuse(409, 'The task has ended already');
    const error = parsed.data.error as Parameters<typeof endTask>[3];
    const ended = await endTask(mock, stored, parsed.data.outcome, error);
    return jsonReply(200, controlTask(mock, ended, context.clock.now()));
  },
};
