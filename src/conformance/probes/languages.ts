import { kindFacts, unique } from '../contract-facts.js';
import { type Probe, refusedAs, SkipProbe } from '../probe.js';
import { pollCall, rawSubmitCall } from '../requests.js';
import { jsonType } from '../schema.js';
import { plausibleTaskId } from '../task-ids.js';

export const languages: Probe = {
  id: 'languages',
  title: 'One mistake, told in three languages',
  rationale: 'Messages may be translated; what programs decide by may not.',
  depth: 'free',
  tasks: () => 0,
  async run(context) {
    const { contract, target } = context;
    const { poll, submit } = contract;
    if (poll === undefined && submit === undefined)
      throw new SkipProbe('the contract has no operation with x-async-task');
    const facts = unique(['H15i'], kindFacts(contract, ['unknownTask']));
    const id = plausibleTaskId(contract, context.rng());
    for (const language of ['en', 'ja', 'zh-CN']) {
      const what = `from a client that reads ${language}`;
      const call =
        poll !== undefined
          ? pollCall(target, poll, id, refusedAs('other-language', what, facts, ['unknownTask', 'malformedTaskId']))
          : submit === undefined
            ? undefined
            : rawSubmitCall(
                target,
                submit,
                jsonType,
                '{}',
                refusedAs('other-language', what, facts, ['invalidRequest']),
              );
      if (call !== undefined)
        await context.send({ ...call, headers: { ...call.headers, 'accept-language': language } });
    }
  },
};
