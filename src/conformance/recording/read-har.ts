import { createHash } from 'node:crypto';
import type { CallbackRecord, JourneyRecord, ProbeReport } from '../../core/check-report.js';
import type { Exchange, ImageFacts, RecordedAnswer } from '../../core/exchange.js';
import { textOf } from '../answer-text.js';
import { imageFacts } from '../image-facts.js';
import type { Recording } from './recording.js';
import type { Har } from './schema.js';

type Entry = Har['log']['entries'][number];

/** Lower-case names; what starts with a colon is HTTP/2's own. */
function headersOf(list: Entry['request']['headers']): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { name, value } of list) {
    const key = name.toLowerCase();
    if (key.startsWith(':')) continue;
    found[key] = key in found ? `${found[key]}, ${value}` : value;
  }
  return found;
}

/** Archives hold bodies as browsers show them: unpacked, and files in Base64. */
function answerOf({ response, _proofsheet: own }: Entry): RecordedAnswer | undefined {
  // Browsers write 0 for a request that got no answer.
  if (response.status === 0 || own?.failure !== undefined) return undefined;
  const { content } = response;
  const bytes =
    content.text === undefined
      ? undefined
      : Buffer.from(content.text, content.encoding === 'base64' ? 'base64' : 'utf8');
  const body = bytes === undefined ? undefined : textOf(bytes);
  const image =
    (own?.image as ImageFacts | undefined) ??
    (bytes === undefined || body !== undefined ? undefined : imageFacts(bytes));
  const sha256 =
    own?.sha256 ??
    (bytes === undefined || body !== undefined ? undefined : createHash('sha256').update(bytes).digest('hex'));
  return {
    status: response.status,
    headers: headersOf(response.headers),
    bytes: own?.bytes ?? bytes?.byteLength ?? Math.max(0, content.size ?? 0),
    ...(body === undefined ? {} : { body }),
    ...(sha256 === undefined ? {} : { sha256 }),
    ...(image === undefined ? {} : { image }),
    ...(own?.truncated === true ? { truncated: true } : {}),
  };
}

function exchangeOf(entry: Entry, index: number): Exchange {
  const { request, _proofsheet: own } = entry;
  const startedAt = Date.parse(entry.startedDateTime);
  const answer = answerOf(entry);
  const body = request.postData?.text;
  return {
    id: own?.id ?? `x${index + 1}`,
    probe: own?.probe ?? 'recording',
    ...(own?.operation === undefined ? {} : { operation: own.operation }),
    ...(own?.purpose === undefined ? {} : { purpose: own.purpose as NonNullable<Exchange['purpose']> }),
    ...(own?.credential === undefined ? {} : { credential: own.credential }),
    request: {
      method: request.method.toUpperCase(),
      url: request.url,
      headers: headersOf(request.headers),
      ...(body === undefined ? {} : { body }),
    },
    ...(answer === undefined ? { failure: own?.failure ?? 'no answer was recorded' } : { answer }),
    startedAt,
    finishedAt: startedAt + Math.max(0, entry.time),
  };
}

/** An archive of a browser, a proxy or of ourselves, in the order of sending. */
export function readHar(file: string, { log }: Har): Recording {
  const exchanges = log.entries.map(exchangeOf).sort((one, other) => one.startedAt - other.startedAt);
  const own = log._proofsheet;
  if (own === undefined) return { file, exchanges };
  const { journeys, callbacks, probes, ...frame } = own;
  return {
    file,
    ...frame,
    ...(journeys === undefined ? {} : { journeys: journeys as readonly JourneyRecord[] }),
    ...(callbacks === undefined ? {} : { callbacks: callbacks as readonly CallbackRecord[] }),
    ...(probes === undefined ? {} : { probes: probes as readonly ProbeReport[] }),
    exchanges,
  };
}
