import type { CallbackRecord, CheckReport, JourneyRecord } from '../../core/check-report.js';
import { formatDuration } from '../../core/duration.js';
import type { Exchange } from '../../core/exchange.js';
import { cutText } from '../cut-text.js';
import { exchangesById } from '../decisive-exchange.js';
import { html, type Markup } from '../html-markup.js';
import { counted } from '../report-words.js';
import { anchorOf, citedBy, shownJourneys } from './task-anchors.js';
import { bar, legend, mark, patterns, percentAt, type Span } from './timeline-marks.js';

const openTimelines = 3;
const mostMarks = 150;
const ticks = [0, 0.25, 0.5, 0.75, 1];

type Held = ReadonlyMap<string, Exchange>;

/** One task with everything that was seen of it. */
interface Trip {
  readonly journey: JourneyRecord;
  readonly submit: Exchange;
  readonly polls: readonly Exchange[];
  readonly atOnce: readonly Exchange[];
  readonly downloads: readonly Exchange[];
  readonly callbacks: readonly CallbackRecord[];
  readonly span: Span;
}

/** Tasks on a time axis of their own, those that findings speak of first. */
export function timelineSection(report: CheckReport): Markup | undefined {
  const held = exchangesById(report.exchanges);
  const isCited = citedBy(report);
  const all = report.journeys ?? [];
  const trips = shownJourneys(report).flatMap((journey) => tripOf(journey, held, report.callbacks ?? []));
  if (trips.length === 0) return undefined;
  const left = all.length - trips.length;
  return html`<section id="tasks"><h2>Tasks</h2>
${patterns()}${legend()}
${trips.map((trip, index) => timeline(trip, index < openTimelines, isCited(trip.journey)))}
${left > 0 ? html`<p class="quiet">${counted(left, 'more task')} in the JSON report.</p>` : undefined}
</section>`;
}

function tripOf(journey: JourneyRecord, held: Held, calls: readonly CallbackRecord[]): Trip[] {
  const some = (ids: readonly string[]) => ids.flatMap((id) => held.get(id) ?? []);
  const submit = held.get(journey.submit);
  if (submit === undefined) return [];
  const polls = some(journey.polls);
  const atOnce = some([...(journey.pollsAtOnce?.first ?? []), ...(journey.pollsAtOnce?.last ?? [])]);
  const downloads = some((journey.downloads ?? []).flat());
  const callbacks = calls.filter(({ id }) => journey.callbacks?.includes(id) === true);
  const ends = [submit, ...polls, ...atOnce, ...downloads].map(({ finishedAt }) => finishedAt);
  const moments = [...ends, ...callbacks.map(({ receivedAt }) => receivedAt), ...journey.phases.map(({ at }) => at)];
  const to = moments.reduce((latest, at) => Math.max(latest, at), submit.startedAt);
  return [{ journey, submit, polls, atOnce, downloads, callbacks, span: { from: submit.startedAt, to } }];
}

const since = ({ from }: Span, at: number) => formatDuration(Math.max(0, at - from));

function answerWords({ id, answer, failure }: Exchange): string {
  return answer === undefined ? `${id}: no answer, ${failure ?? 'unknown'}` : `${id}: ${answer.status}`;
}

const isTrouble = ({ answer }: Exchange) => answer === undefined || answer.status >= 400;

function timeline(trip: Trip, open: boolean, cited: boolean): Markup {
  const { journey, submit, polls, downloads, callbacks, span } = trip;
  const last = journey.phases.at(-1);
  const told = [
    `submit ${submit.answer?.status ?? 'without an answer'}`,
    counted(polls.length, 'poll'),
    ...(callbacks.length > 0 ? [counted(callbacks.length, 'callback')] : []),
    ...(downloads.length > 0 ? [counted(downloads.length, 'download')] : []),
    last === undefined
      ? cutText(journey.end, 60)
      : `${cutText(last.word ?? last.phase, 60)} after ${since(span, last.at)}`,
  ].join(', ');
  const lane = (name: string, drawn: readonly (Markup | undefined)[]) =>
    drawn.length === 0
      ? undefined
      : html`<div class="lane"><span>${name}</span><svg height="22" aria-hidden="true">${drawn}</svg></div>`;
  return html`<details class="trip" id="${anchorOf(journey)}"${open ? html` open` : ''}>
<summary><span class="mono">${cutText(journey.taskId ?? journey.submit, 80)}</span> <span class="quiet">${cutText(
    journey.probe,
    60,
  )}, ${told}${cited ? ', in a finding' : ''}</span></summary>
<div class="lanes" role="img" aria-label="${told}">
${lane('phases', phaseBars(trip))}
${lane('submit', [stretch(submit, span, submit.request.method)])}
${lane('polls', pollMarks(trip))}
${lane(
  'callbacks',
  callbacks
    .slice(0, mostMarks)
    .map(({ id, receivedAt, answered }) =>
      mark('callback', percentAt(span, receivedAt), `${id} after ${since(span, receivedAt)}, answered ${answered}`),
    ),
)}
${lane(
  'downloads',
  downloads.slice(0, mostMarks).map((one) => stretch(one, span, '')),
)}
<div class="lane axis"><span></span><div>${(span.to > span.from ? ticks : [0]).map(
    (share) => html`<i>${since(span, span.from + share * (span.to - span.from))}</i>`,
  )}</div></div>
</div></details>`;
}

function stretch(exchange: Exchange, span: Span, word: string): Markup {
  const { startedAt, finishedAt } = exchange;
  const took = formatDuration(Math.max(0, finishedAt - startedAt));
  const title = `${answerWords(exchange)} after ${since(span, startedAt)}, took ${took}`;
  const kind = isTrouble(exchange) ? 'request failed' : 'request';
  return bar(kind, percentAt(span, startedAt), percentAt(span, finishedAt), title, word);
}

function phaseBars({ journey: { phases }, span }: Trip): Markup[] {
  return phases.slice(0, mostMarks).map(({ phase, word = phase, at }, index) => {
    const until = phases[index + 1]?.at ?? span.to;
    const known = /^(queued|running|succeeded|failed|cancelled)$/.test(phase) ? phase : 'other';
    return bar(known, percentAt(span, at), percentAt(span, until), `${word}: seen after ${since(span, at)}`, word);
  });
}

function pollMarks({ journey, polls, atOnce, span }: Trip): Markup[] {
  const changes = new Set(journey.phases.map(({ at }) => at));
  const shapeOf = (poll: Exchange) => (isTrouble(poll) ? 'trouble' : changes.has(poll.finishedAt) ? 'change' : 'same');
  const title = (poll: Exchange) => `${answerWords(poll)} after ${since(span, poll.finishedAt)}`;
  const at = (poll: Exchange) => percentAt(span, poll.finishedAt);
  return [
    ...atOnce.slice(0, mostMarks).map((poll) => mark(isTrouble(poll) ? 'trouble' : 'parallel', at(poll), title(poll))),
    ...polls.slice(0, mostMarks).map((poll) => mark(shapeOf(poll), at(poll), title(poll))),
  ];
}
