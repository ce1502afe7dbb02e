import { jsonReply } from '../../message.js';
import type { ControlRoute } from '../route.js';

/** What is mounted and how much is going on. */
export const stateRoute: ControlRoute = {
  method: 'GET',
  path: '',
  handle: ({ space, clock }) =>
    jsonReply(200, {
      namespace: space.name,
      now: clock.now(),
      vendors: Object.fromEntries(
        space.mocks().map((mock) => [
          mock.contract.id,
          {
            root: mock.root,
            tasks: mock.store.size,
            seed: mock.seed,
            speed: mock.speed,
            faults: mock.faults.map(({ fault }) => fault.id),
          },
        ]),
      ),
    }),
};
