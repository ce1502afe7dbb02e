import { createHash } from 'node:crypto';
import { isLoopback } from '../core/loopback.js';
import type { TaskResult } from '../core/task.js';
import type { ResultObservation, Sent } from './evidence.js';
import { imageFacts } from './image-facts.js';
import type { Recorder } from './recorder.js';

const mostRedirects = 3;

function parseUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

function fromBytes(index: number, where: string, base64: string, contentType?: string): ResultObservation {
  const bytes = Buffer.from(base64, 'base64');
  const image = imageFacts(bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return {
    index,
    where,
    fetched: [],
    bytes: bytes.byteLength,
    sha256,
    ...(contentType === undefined ? {} : { contentType }),
    ...(image === undefined
      ? {
          problem: `the delivered data (sha256 ${sha256.slice(0, 12)}) is no image`,
        }
      : { image }),
  };
}

async function fetchResult(
  recorder: Pick<Recorder, 'send'>,
  probe: string,
  index: number,
  start: URL,
  onlyLoopback: boolean,
) {
  const fetched: Sent[] = [];
  const where = start.href;
  const none = (problem: string, more: Partial<ResultObservation> = {}): ResultObservation => ({
    index,
    where,
    fetched,
    bytes: 0,
    problem,
    ...more,
  });
  let url = start;
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return none(`${url.protocol} URLs cannot be fetched`);
    if (onlyLoopback && !isLoopback(url.href))
      return none('it lies outside this machine, while the target is on it', { notFetched: true });
    if (!onlyLoopback && isLoopback(url.href)) return none('its URL leads to the machine of whoever reads it');
    const sent = await recorder.send(probe, {
      method: 'GET',
      url: url.href,
      headers: { accept: 'image/*,*/*' },
      credential: 'none',
      purpose: { case: 'result', what: 'for a delivered image', facts: [] },
    });
    fetched.push(sent);
    const answer = sent.exchange.answer;
    if (answer === undefined) return none(sent.exchange.failure ?? 'no answer');
    const location = answer.headers['location'];
    if (answer.status >= 300 && answer.status < 400 && location !== undefined) {
      const next = parseUrl(location, url.href);
      if (next === undefined) return none(`it redirects to ${JSON.stringify(location)}, which is no URL`);
      url = next;
      continue;
    }
    const contentType = answer.headers['content-type'];
    const seen = { bytes: answer.bytes, ...(contentType === undefined ? {} : { contentType }) };
    if (answer.status !== 200) return none(`it answers ${answer.status}`, seen);
    if (answer.image === undefined) return none('its bytes are no PNG, JPEG, WebP or GIF image', seen);
    const image = answer.truncated === true ? { ...answer.image, complete: false } : answer.image;
    const { sha256 } = answer;
    return {
      index,
      where,
      fetched,
      ...seen,
      ...(sha256 === undefined ? {} : { sha256 }),
      image,
    } satisfies ResultObservation;
  }
  return none(`it redirects more than ${mostRedirects} times`);
}

/** Fetches or decodes one delivered image. Redirects are followed by hand, without a key, within the loopback rule. */
export async function observeResult(
  recorder: Pick<Recorder, 'send'>,
  probe: string,
  index: number,
  result: TaskResult,
  onlyLoopback: boolean,
): Promise<ResultObservation> {
  if (typeof result.b64 === 'string') return fromBytes(index, 'inline', result.b64);
  if (typeof result.url !== 'string')
    return { index, where: 'inline', fetched: [], bytes: 0, problem: 'it has neither a URL nor data' };
  const data = /^data:([^;,]*)(?:;[^,]*)?;base64,(.*)$/s.exec(result.url);
  if (data !== null) return fromBytes(index, 'inline', data[2] ?? '', data[1]);
  const url = parseUrl(result.url);
  if (url === undefined) return { index, where: result.url, fetched: [], bytes: 0, problem: 'it is no absolute URL' };
  return fetchResult(recorder, probe, index, url, onlyLoopback);
}
