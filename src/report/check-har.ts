import type { CheckReport } from '../core/check-report.js';
import type { Exchange, RecordedAnswer, RecordedRequest } from '../core/exchange.js';
import { stableJson } from './stable-json.js';

interface Pair {
  readonly name: string;
  readonly value: string;
}

const unknown = 'x-unknown';

/**
 * HAR 1.2 of all recorded traffic, without keys, for the tools that read such files. What the format has no place for
 * stands under `_proofsheet`, so that the file can be judged again.
 */
export function checkToHar(report: CheckReport): string {
  const { tool, vendor, target, seed, summary, journeys, callbacks, probes, startedAt, finishedAt } = report;
  return stableJson({
    log: {
      version: '1.2',
      creator: { name: tool.name, version: tool.version },
      entries: report.exchanges.map(entryOf),
      _proofsheet: {
        schemaVersion: 1,
        vendor,
        target,
        seed,
        depth: summary.depth,
        journeys: journeys ?? [],
        ...(callbacks === undefined ? {} : { callbacks }),
        ...(probes === undefined ? {} : { probes }),
        startedAt,
        finishedAt,
      },
    },
  });
}

function entryOf(exchange: Exchange): object {
  const { id, probe, operation, purpose, credential, request, answer, failure, startedAt, finishedAt } = exchange;
  const time = Math.round(Math.max(0, finishedAt - startedAt) * 1000) / 1000;
  return {
    startedDateTime: new Date(startedAt).toISOString(),
    time,
    request: requestOf(request),
    response: answer === undefined ? noResponse : responseOf(answer),
    cache: {},
    timings: { send: 0, wait: time, receive: 0 },
    ...(failure === undefined ? {} : { comment: failure }),
    _proofsheet: {
      id,
      probe,
      operation,
      purpose,
      credential,
      failure,
      image: answer?.image,
      bytes: answer?.bytes ?? 0,
      sha256: answer?.sha256,
      truncated: answer?.truncated,
    },
  };
}

function requestOf({ method, url, headers, body }: RecordedRequest): object {
  return {
    method,
    url,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: pairs(headers),
    queryString: queryOf(url),
    ...(body === undefined ? {} : { postData: { mimeType: headerOf(headers, 'content-type') ?? unknown, text: body } }),
    headersSize: -1,
    bodySize: body === undefined ? 0 : utf8Length(body),
  };
}

function responseOf({ status, headers, body, bytes }: RecordedAnswer): object {
  return {
    status,
    statusText: '',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: pairs(headers),
    content: {
      size: bytes,
      mimeType: headerOf(headers, 'content-type') ?? unknown,
      ...(body === undefined ? {} : { text: body }),
    },
    redirectURL: headerOf(headers, 'location') ?? '',
    headersSize: -1,
    bodySize: bytes,
  };
}

/** Readers take status 0 for a request that was not answered. */
const noResponse = {
  status: 0,
  statusText: '',
  httpVersion: 'HTTP/1.1',
  cookies: [],
  headers: [],
  content: { size: 0, mimeType: unknown },
  redirectURL: '',
  headersSize: -1,
  bodySize: -1,
};

function pairs(headers: Readonly<Record<string, string>>): Pair[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}

function headerOf(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.entries(headers).find(([known]) => known.toLowerCase() === name)?.[1];
}

function queryOf(url: string): Pair[] {
  if (!URL.canParse(url)) return [];
  return [...new URL(url).searchParams].map(([name, value]) => ({ name, value }));
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}
