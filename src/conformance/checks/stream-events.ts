import { getAt } from '../../core/pointer.js';
import { type Check, type DraftFinding, findingAt, isAccepted, judgement } from '../check.js';
import { parameterFor, submitsOf, unique } from '../contract-facts.js';
import type { Evidence, Journey } from '../evidence.js';
import { streamProblems } from '../stream-problems.js';
import { usageFacts } from '../usage.js';

function asksForStream({ operation, body }: Journey): boolean {
  const { stream } = operation.task.request;
  return operation.task.stream !== undefined && stream !== undefined && getAt(body, stream) === true;
}

function judgeStream(evidence: Evidence, journey: Journey): DraftFinding[] {
  const { operation, submit, body, expects } = journey;
  const { stream, request } = operation.task;
  const { events } = submit;
  if (stream === undefined) return [];
  if (events === undefined)
    return [
      findingAt(evidence, submit, {
        facts: unique(parameterFor(evidence.contract, operation, 'stream')?.facts, stream.facts),
        pointer: request.stream ?? '',
        message: 'A request for a stream is answered without one',
        expected: 'text/event-stream',
        observed: submit.exchange.answer?.headers['content-type'] ?? 'no content type',
      }),
    ];
  // A cut stream is judged by answers-whole, and its end cannot be judged here.
  if (submit.exchange.answer?.truncated === true) return [];
  const asked = Number(request.partialImages === undefined ? 0 : getAt(body, request.partialImages));
  // With an event by a documented name, the server has shown that it follows the documented reading.
  const shown = events.some(({ event }) => event === stream.partial.event || event === stream.completed.event);
  return streamProblems(stream, events, asked, expects).map(({ usage, ...parts }) => ({
    ...findingAt(evidence, submit, {
      facts: unique(usage ? usageFacts(evidence.contract) : [], stream.facts),
      ...parts,
    }),
    shown,
  }));
}

export const streamEvents: Check = {
  id: 'stream-events',
  title: 'A stream shows its previews in order and ends once',
  rationale:
    'A client that draws previews by their number draws over the finished picture, or waits for an end for ever.',
  facts: [],
  covers: (contract) => unique(...submitsOf(contract).map(({ task }) => task.stream?.facts)),
  faults: [
    'counts-previews-from-one',
    'ends-stream-with-done',
    'shuffles-stream',
    'stream-without-end',
    'fails-in-stream',
  ],
  codes: ['F200'],
  judge(evidence) {
    const judged = evidence.journeys.filter((journey) => asksForStream(journey) && isAccepted(journey.submit));
    const findings = judged.flatMap((journey) => judgeStream(evidence, journey));
    const streams = submitsOf(evidence.contract).some(({ task }) => task.stream !== undefined);
    return judgement(evidence, judged.length, findings, {
      probes: ['streamed'],
      unseen: 'no stream was answered',
      absent: streams ? undefined : 'this vendor sends no streams',
    });
  },
};
