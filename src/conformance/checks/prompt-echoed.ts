import { getAt } from '../../core/pointer.js';
import { type Check, type DraftFinding, findingAt, judgement } from '../check.js';
import { tasksOf } from '../contract-facts.js';
import { placeIn, viewsOf } from '../judging.js';

function hasUnseen(text: string): boolean {
  return /[\p{Cc}\p{Cs}]/u.test(text.replaceAll(/[\n\r\t]/g, ''));
}

/** A request comes back as an object or as JSON in a text. */
function objectOf(echo: unknown): unknown {
  if (typeof echo !== 'string') return echo;
  try {
    return JSON.parse(echo);
  } catch {
    return undefined;
  }
}

export const promptEchoed: Check = {
  id: 'prompt-echoed',
  title: 'A prompt comes back as it was sent',
  rationale: 'A prompt that comes back garbled was garbled on its way in as well, and so is the picture.',
  facts: ['H10'],
  faults: ['garbles-echo'],
  judge(evidence) {
    let observations = 0;
    const findings: DraftFinding[] = [];
    for (const journey of evidence.journeys) {
      const pointer = journey.operation.task.request.prompt;
      const asked = pointer === undefined ? undefined : getAt(journey.body, pointer);
      // Characters that nobody sees may be cleaned away.
      if (pointer === undefined || typeof asked !== 'string' || hasUnseen(asked)) continue;
      for (const { sent, view } of viewsOf(journey)) {
        const told = getAt(objectOf(view.request), pointer);
        if (typeof told !== 'string') continue;
        observations += 1;
        if (told === asked) continue;
        findings.push(
          findingAt(evidence, [journey.submit, sent], {
            facts: ['H10'],
            message: 'The prompt that an answer repeats is not the one that was sent',
            pointer: placeIn(journey, sent, 'request') + pointer,
            expected: asked,
            observed: told,
          }),
        );
      }
    }
    const tells = tasksOf(evidence.contract).some(({ answer, poll }) =>
      Object.values({ ...answer, ...poll?.answer }).some((field) => 'from' in field && field.from === 'request'),
    );
    return judgement(evidence, observations, findings, {
      probes: ['failing-prompt', 'prompts'],
      unseen: 'no answer repeated a prompt',
      absent: tells ? undefined : 'answers of this vendor do not repeat the request',
    });
  },
};
