import type { ImageFacts } from '../../core/exchange.js';
import { getAt } from '../../core/pointer.js';
import { type Check, type DraftFinding, findingAt, judgement } from '../check.js';
import { orElse, submitsOf, unique } from '../contract-facts.js';
import type { Journey, Observation } from '../evidence.js';
import { endOf, placeIn, taskProbes, viewsOf } from '../judging.js';

interface Lie {
  readonly source: string;
  readonly told: string;
  readonly really: string;
}

function lookUp(map: Readonly<Record<string, string>>, word: string): string | undefined {
  return Object.hasOwn(map, word) ? map[word] : undefined;
}

/** What an answer says of the images beside what their bytes show. */
function liesAbout(journey: Journey, params: Readonly<Record<string, unknown>>, image: ImageFacts): Lie[] {
  const { sizes, formats, transparent = [] } = journey.operation.task.delivery;
  const { size, format, background } = params;
  const found: Lie[] = [];
  const compare = (source: string, told: unknown, means: string | undefined, really: string) => {
    if (typeof told === 'string' && means !== undefined && means !== really) found.push({ source, told, really });
  };
  // `auto` says that the vendor chose, and not what.
  if (size !== 'auto') compare('param.size', size, lookUp(sizes, String(size)), `${image.width}x${image.height}`);
  compare('param.format', format, lookUp(formats, String(format)), image.format);
  const clear = image.transparentPixel ?? image.alphaChannel;
  if (transparent.includes(String(background)))
    compare('param.background', background, 'clear', clear ? 'clear' : 'opaque');
  else if (background === 'opaque') compare('param.background', background, 'opaque', clear ? 'clear' : 'opaque');
  return found;
}

/** What an answer says of the request beside what was asked. A model may be told with its version. */
function liesAboutRequest(journey: Journey, { view }: Observation): Lie[] {
  const { request } = journey.operation.task;
  const asked = (role: 'model' | 'quality') =>
    request[role] === undefined ? undefined : getAt(journey.body, request[role]);
  const found: Lie[] = [];
  const [model, quality] = [asked('model'), asked('quality')];
  const told: unknown = view.model;
  if (typeof told === 'string' && typeof model === 'string' && !told.includes(model))
    found.push({ source: 'model', told, really: model });
  const toldQuality = view.params?.['quality'];
  if (typeof toldQuality === 'string' && typeof quality === 'string' && quality !== 'auto' && toldQuality !== quality)
    found.push({ source: 'param.quality', told: toldQuality, really: quality });
  return found;
}

export const echoTruthful: Check = {
  id: 'echo-truthful',
  title: 'What an answer says of a task is so',
  rationale: 'Programs lay out, store and bill by what the answer tells them; few open the file to see.',
  facts: ['H6'],
  faults: ['tells-other-parameters'],
  judge(evidence) {
    let observations = 0;
    const findings: DraftFinding[] = [];
    for (const journey of evidence.journeys) {
      const end = endOf(journey);
      for (const observation of viewsOf(journey)) {
        const { sent, view } = observation;
        const images = end?.sent === sent ? journey.results.flatMap(({ image }) => image ?? []) : [];
        const lies = [
          ...liesAboutRequest(journey, observation),
          ...images.slice(0, 1).flatMap((image) => liesAbout(journey, view.params ?? {}, image)),
        ];
        if (view.model !== undefined || view.params !== undefined) observations += 1;
        for (const { source, told, really } of lies)
          findings.push(
            findingAt(evidence, sent === journey.submit ? sent : [journey.submit, sent], {
              facts: orElse(unique(sent.operation?.responses[String(sent.status)]?.facts), ['H6']),
              pointer: placeIn(journey, sent, source),
              message: `An answer says ${JSON.stringify(told)} of what is ${really}`,
              expected: really,
              observed: told,
            }),
          );
      }
    }
    const tells = submitsOf(evidence.contract).some(({ task }) =>
      Object.values({ ...task.answer, ...task.poll?.answer }).some(
        (field) => 'from' in field && (field.from === 'model' || field.from.startsWith('param.')),
      ),
    );
    return judgement(evidence, observations, findings, {
      probes: taskProbes,
      unseen: 'no answer repeated a parameter',
      absent: tells ? undefined : 'answers of this vendor repeat no parameter',
    });
  },
};
