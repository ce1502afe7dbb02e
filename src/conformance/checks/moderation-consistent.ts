import type { AsyncTask } from '../../contract/async-task.js';
import { type Check, type DraftFinding, findingAt, isRefused, judgement } from '../check.js';
import { orElse, tasksOf, unique } from '../contract-facts.js';
import type { Evidence, Journey } from '../evidence.js';
import { endOf, hasSucceeded, placeIn } from '../judging.js';

/** What became of a prompt that moderation was to refuse. */
type Fate = 'refused at the submit' | 'refused as a task' | 'failed otherwise' | 'made';

interface Tried {
  readonly journey: Journey;
  readonly fate: Fate;
  /** The name that its failure was given. */
  readonly name?: string | number;
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
  const name = error?.code === undefined ? {} : { name: error.code };
  return { journey, fate: isModeration ? 'refused as a task' : 'failed otherwise', ...name };
}

function moderationFacts({ operation }: Journey): readonly string[] {
  return orElse(operation.task.failures?.moderation.facts, ['H19i']);
}

/** Every time the prompt was refused by the name that the page has for something else. */
function misnamed(evidence: Evidence, tried: readonly Tried[]): DraftFinding[] {
  const [first] = tried;
  const end = first === undefined ? undefined : endOf(first.journey);
  if (first === undefined || end === undefined || tried.length < 2) return [];
  const { task } = first.journey.operation;
  const wanted = ownName(task);
  const isKnown = first.name !== undefined && task.failures?.other?.some(({ code }) => code === first.name) === true;
  if (
    wanted === undefined ||
    !isKnown ||
    !tried.every(({ fate, name }) => fate === 'failed otherwise' && name === first.name)
  )
    return [];
  return [
    findingAt(evidence, [first.journey.submit, end.sent], {
      facts: moderationFacts(first.journey),
      pointer: placeIn(first.journey, end.sent, 'error.code'),
      message: 'A prompt that moderation refuses fails by a name that stands for something else',
      expected: String(wanted),
      observed: String(first.name),
    }),
  ];
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
  title: 'A prompt that moderation refuses is refused each time, in one way and by its own name',
  rationale: 'Whoever has to tell a user to change the prompt must know it from an outage, the second time as well.',
  facts: ['H19i'],
  covers: (contract) => unique(...tasksOf(contract).map(({ failures }) => failures?.moderation.facts)),
  faults: ['misnames-moderation', 'moderates-now-and-then'],
  judge(evidence) {
    const failing = evidence.journeys.filter(({ submit }) => submit.purpose.case === 'failing');
    const tried = failing.flatMap((journey) => triedAt(journey) ?? []);
    const isRefusedOnce = tried.some(({ fate }) => fate !== 'made');
    const isNamed = tried.some(({ journey, fate }) => fate !== 'failed otherwise' || ownName(journey.operation.task));
    const findings = [...misnamed(evidence, tried), ...unsteady(evidence, tried)];
    return judgement(evidence, tried.length > 1 && isRefusedOnce && isNamed ? tried.length : 0, findings, {
      probes: ['failing-prompt'],
      unseen: !isRefusedOnce
        ? 'the prompt was not refused (--failing-prompt gives another one)'
        : isNamed
          ? 'the prompt was sent once: elsewhere than on this machine it might be paid for'
          : 'no name of a failure stands for moderation alone: it cannot be told from chance',
    });
  },
};
