import type { AsyncTask } from '../../contract/async-task.js';
import { type Check, type DraftFinding, findingAt, isRefused, judgement } from '../check.js';
import type { Evidence, Journey } from '../evidence.js';
import { endOf, hasSucceeded } from '../judging.js';

/** What became of a prompt that moderation was to refuse. */
type Fate = 'refused at the submit' | 'refused as a task' | 'failed otherwise' | 'made';

interface Tried {
  readonly journey: Journey;
  readonly fate: Fate;
}

/** The name that stands for moderation and nothing else; undefined where a vendor has none. */
function ownName({ failures }: AsyncTask): unknown {
  const { moderation, other = [] } = failures ?? {};
  return other.some(({ code }) => code === moderation?.code) ? undefined : moderation?.code;
}

function triedAt(journey: Journey): Tried | undefined {
  const { errors } = journey.operation.task;
  const { status } = journey.submit;
  if (isRefused(journey.submit)) {
    // Whoever is throttled or has no money was refused for something else.
    const isOther = status === 429 || status === (errors.kinds.paymentRequired?.status ?? 402);
    return isOther ? undefined : { journey, fate: 'refused at the submit' };
  }
  const { phase, error } = endOf(journey)?.view ?? {};
  if (hasSucceeded(journey)) return { journey, fate: 'made' };
  if (phase !== 'failed') return undefined;
  const wanted = ownName(journey.operation.task);
  const isModeration = wanted !== undefined && wanted === error?.code;
  return { journey, fate: isModeration ? 'refused as a task' : 'failed otherwise' };
}

/** Refused in one way now and in another way, or not at all, the next time. */
function unsteady(evidence: Evidence, tried: readonly Tried[]): DraftFinding[] {
  // A task that fails by another name may have failed by chance: it tells nothing.
  const telling = tried.filter(({ fate }) => fate !== 'failed otherwise');
  const refused = telling.find(({ fate }) => fate !== 'made');
  const differing = telling.find(({ fate }) => refused !== undefined && fate !== refused.fate);
  if (refused === undefined || differing === undefined) return [];
  return [
    findingAt(evidence, [refused.journey.submit, differing.journey.submit], {
      facts: ['H19i'],
      message: `One prompt is ${refused.fate} and, sent again, ${differing.fate}`,
      expected: refused.fate,
      observed: differing.fate,
    }),
  ];
}

export const moderationConsistent: Check = {
  id: 'moderation-consistent',
  title: 'A prompt that moderation refuses is refused each time, and in one way',
  rationale: 'Whoever tells a user to change a prompt must be able to rely on it, the second time as well.',
  facts: ['H19i'],
  faults: ['moderates-now-and-then'],
  judge(evidence) {
    const failing = evidence.journeys.filter(({ submit }) => submit.purpose.case === 'failing');
    const tried = failing.flatMap((journey) => triedAt(journey) ?? []);
    const isRefusedOnce = tried.some(({ fate }) => fate !== 'made');
    const isNamed = tried.some(({ journey, fate }) => fate !== 'failed otherwise' || ownName(journey.operation.task));
    const findings = unsteady(evidence, tried);
    return judgement(evidence, tried.length > 1 && isRefusedOnce && isNamed ? tried.length : 0, findings, {
      probes: ['failing-prompt'],
      unseen: !isRefusedOnce
        ? 'the prompt was not refused (--failing-prompt gives another one)'
        : 'the prompt was sent once: elsewhere than on this machine it might be paid for',
      absent:
        isRefusedOnce && !isNamed
          ? 'no name of a failure stands for moderation alone: it cannot be told from chance'
          : undefined,
    });
  },
};
