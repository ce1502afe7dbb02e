import { z } from 'zod';
import { asVirtual } from '../../../src/platform/steered-clock.js';
import { jsonReply } from '../../message.js';
import { createTimeControl } from '../../time-control.js';
import { type ControlContext, type ControlRoute, refuse } from '../route.js';

const step = z.union([
  z.strictObject({ advanceMs: z.number().min(0).max(1e13) }),
  z.strictObject({ setMs: z.number() }),
  z.strictObject({ toNextEvent: z.literal(true) }),
  z.strictObject({ frozen: z.boolean() }),
]);

function clockReply({ clock }: ControlContext) {
  const virtual = asVirtual(clock);
  return jsonReply(200, {
    now: clock.now(),
    virtual: virtual !== undefined,
    frozen: virtual === undefined ? false : (virtual.frozen ?? true),
  });
}

const read: ControlRoute = { method: 'GET', path: '/clock', handle: clockReply };

const move: ControlRoute = {
  method: 'POST',
  path: '/clock',
  async handle(context, { body }) {
    const virtual = asVirtual(context.clock);
    if (virtual === undefined)
      return refuse(409, "This mock runs on the machine's clock; start it with --virtual-clock to move its time");
    const parsed = step.safeParse(body);
    if (!parsed.success)
      return refuse(
        400,
        'Send {"advanceMs": 60000}, {"setMs": 1735689600000}, {"toNextEvent": true} or {"frozen": true}',
      );
    const wish = parsed.data;
    const time = createTimeControl(context.clock, context.webhooks, context.namespaces);
    if ('frozen' in wish) {
      if (wish.frozen) time.freeze();
      else if (!time.flow()) return refuse(409, 'This clock only moves when it is told to');
    } else if ('toNextEvent' in wish) {
      if (!(await time.toNextEvent())) return refuse(409, 'Nothing is to come: no task is on its way, no call is due');
    } else {
      const ms = 'advanceMs' in wish ? wish.advanceMs : wish.setMs - virtual.now();
      if (ms < 0) return refuse(409, 'Time only goes forward: what has ended cannot run again');
      await time.advance(ms);
    }
    return clockReply(context);
  },
};

export const clockRoutes: readonly ControlRoute[] = [read, move];
