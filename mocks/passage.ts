import { createRng } from '../src/platform/random.js';
import { callNumber } from './call-number.js';
import type { ActiveFault, Passage } from './fault.js';
import type { EngineReply, EngineRequest } from './message.js';
import { throughFaults, type VendorMock } from './vendor-mock.js';

/**
 * Faults of the way between client and vendor: each sees a request before the vendor does, and the answer after it.
 * Only called while faults are switched on.
 */
export async function pass(
  mock: VendorMock,
  request: EngineRequest,
  work: () => EngineReply | Promise<EngineReply>,
  note: (reply: EngineReply) => EngineReply | Promise<EngineReply>,
): Promise<EngineReply> {
  const { what, which } = callNumber(mock, request);
  const passageFor = ({ fault, argument }: ActiveFault): Passage => ({
    contract: mock.contract,
    request,
    argument,
    clock: mock.clock,
    sinceStartMs: mock.clock.now() - mock.startedAt,
    seed: mock.seed,
    rng: createRng(mock.seed, fault.id, what, which),
  });
  const instead = throughFaults<EngineReply | undefined>(
    mock,
    undefined,
    (reply, active) => reply ?? active.fault.before?.(passageFor(active)),
    request,
  );
  const reply = await (instead === undefined ? work() : note(instead));
  return throughFaults<EngineReply | Promise<EngineReply>>(
    mock,
    reply,
    (at, active) => {
      const { after } = active.fault;
      if (after === undefined) return at;
      return at instanceof Promise ? at.then((done) => after(done, passageFor(active))) : after(at, passageFor(active));
    },
    request,
  );
}
