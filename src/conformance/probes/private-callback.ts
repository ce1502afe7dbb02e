import { withAt } from '../../core/pointer.js';
import { unique } from '../contract-facts.js';
import { type Probe, type ProbeSetting, refusedAs, SkipProbe, submitOf, together } from '../probe.js';
import { plainPrompt } from '../prompts.js';
import { minimalBody } from '../requests.js';

/** Where a vendor's own network would be: private nets, and where clouds tell a machine its secrets. */
const inside = ['https://10.0.0.1/proofsheet', 'https://192.168.0.1/proofsheet', 'https://169.254.169.254/proofsheet'];
/** Beside a server on this machine, this machine is not inside of anything. */
const itself = ['https://127.0.0.1/proofsheet', 'https://[::1]/proofsheet'];
/** A name that leads nowhere, ever. */
const plain = ['http://proofsheet.invalid/proofsheet'];

/** Addresses that the contract says are refused. */
function refusedAddresses({ contract, loopback }: ProbeSetting): string[] {
  const task = contract.submit?.task;
  const rules = task?.request.callback === undefined ? undefined : task.callback;
  return [
    ...(rules?.privateRefused === true ? [...inside, ...(loopback ? [] : itself)] : []),
    ...(rules?.httpsOnly === true ? plain : []),
  ];
}

export const privateCallback: Probe = {
  id: 'private-callback',
  title: 'Receivers inside the vendor’s own network',
  rationale: 'A server that calls any address can be sent to read what only it can reach.',
  depth: 'full',
  tasks: (setting) => refusedAddresses(setting).length,
  async run(context) {
    const addresses = refusedAddresses(context);
    if (addresses.length === 0) throw new SkipProbe('the contract refuses no address of a receiver');
    const operation = submitOf(context);
    const place = operation.task.request.callback ?? '';
    const minimal = minimalBody(context.contract, operation, plainPrompt(context.rng()));
    if (minimal === undefined) throw new SkipProbe('no legal request could be made from the contract');
    const facts = unique(operation.task.callback?.facts);
    await together(
      addresses.map((address) => {
        const purpose = refusedAs(
          'private-callback',
          `to call ${address}`,
          facts,
          ['invalidRequest', 'forbidden'],
          place,
        );
        return context.travel({ operation, body: withAt(minimal, place, address), purpose });
      }),
    );
  },
};
