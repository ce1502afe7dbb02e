import { chosen } from '../cases/thoroughness.js';
import { uploadCases, uploadsOf } from '../cases/uploads.js';
import { unique } from '../contract-facts.js';
import type { Purpose } from '../evidence.js';
import { type Probe, type ProbeContext, refusedAs, SkipProbe } from '../probe.js';
import type { Call } from '../recorder.js';
import { plainCall } from '../requests.js';
import { sendAll } from '../send-all.js';

/** What can be asked for without knowing anything but the path. */
function questions({ contract, target }: ProbeContext): Call[] {
  const asked = contract.operations.filter(
    ({ method, path, task, id }) =>
      method === 'GET' && task === undefined && id !== contract.poll?.id && !path.includes('{'),
  );
  return asked.flatMap((operation) =>
    [
      ['', 'for what stands beside the tasks'],
      ['?proofsheet_unknown=1', 'for what stands beside the tasks, with a parameter that no page knows'],
    ].map(([query = '', what = '']) => {
      const purpose: Purpose = { case: 'open', what, facts: operation.facts, refusal: ['notFound', 'invalidRequest'] };
      return { ...plainCall(target, 'GET', operation.path + query, purpose), operation };
    }),
  );
}

export const sideEndpoints: Probe = {
  id: 'side-endpoints',
  title: 'What stands beside the tasks: balances, lists, and uploads constraint by constraint',
  rationale: 'An upload that takes anything hands it on to the task, which then fails for a reason that nobody sees.',
  depth: 'free',
  tasks: () => 0,
  async run(context) {
    const { contract, target, cases, loopback } = context;
    const uploads = uploadsOf(contract).flatMap((place) =>
      chosen(uploadCases(place, loopback), cases)
        // A picture that is taken stays with the vendor for a while.
        .filter(({ isLegal }) => isLegal !== true || context.depth !== 'free')
        .map((one) => ({ ...place, ...one })),
    );
    const asked = questions(context);
    if (asked.length + uploads.length === 0) throw new SkipProbe('nothing stands beside the tasks of this vendor');
    await sendAll(context, asked);
    for (const { operation, what, type, body, isLegal } of uploads) {
      const facts = unique(operation.facts);
      const purpose: Purpose = isLegal
        ? { case: 'valid', what, facts }
        : refusedAs('broken-constraint', what, facts, ['invalidRequest', 'unsupportedMediaType', 'bodyTooLarge']);
      const call = plainCall(target, operation.method, operation.path, purpose);
      // One after the other, so that not even two of the large ones are held at once.
      await context.send({ ...call, headers: { ...call.headers, 'content-type': type }, body: body(), operation });
    }
  },
};
