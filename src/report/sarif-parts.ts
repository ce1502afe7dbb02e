import { createHash } from 'node:crypto';
import type { CheckReport, Finding } from '../core/check-report.js';
import type { Exchange } from '../core/exchange.js';
import { cutText } from './cut-text.js';
import { findingKey } from './finding-key.js';
import type { FilePlace, ReportContext } from './report-context.js';

/** What code hosts show of a text; more would only make the file too large to be taken. */
export const longestText = 1000;
const longestBody = 4000;
const mostHeaders = 50;

/**
 * Text as a SARIF message: brackets would be links and braces places to be filled in, so both are written the way the
 * format asks for.
 */
export function message(text: string): { readonly text: string } {
  const plain = cutText(text, longestText, '\n').replace(/[\\[\]]/g, '\\$&');
  return { text: plain.replace(/[{}]/g, '$&$&') || '-' };
}

function artifactLocation({ path, within }: FilePlace): object {
  const uri = path.split('/').map(encodeURIComponent).join('/');
  return within === 'package' ? { uri, uriBaseId: 'PROOFSHEET' } : { uri };
}

/** Equal for the same finding in every run, so that code hosts can follow it. */
export function fingerprint(finding: Finding, report: CheckReport): string {
  return createHash('sha256').update(findingKey(finding, report)).digest('hex').slice(0, 32);
}

export function location(finding: Finding, context: ReportContext): object {
  const place = context.place?.(finding);
  const name = cutText(finding.operation, longestText);
  return {
    ...(place === undefined
      ? {}
      : { physicalLocation: { artifactLocation: artifactLocation(place), region: { startLine: place.line } } }),
    logicalLocations: [{ name, fullyQualifiedName: name, kind: 'function' }],
  };
}

function headersOf(headers: Readonly<Record<string, string>>): Record<string, string> {
  const some = Object.entries(headers).slice(0, mostHeaders);
  return Object.fromEntries(some.map(([name, value]) => [cutText(name, 200), cutText(value, longestText)]));
}

const bodyOf = (text: string | undefined) =>
  text === undefined || text === '' ? {} : { body: { text: cutText(text, longestBody, '\n\t') } };

/** Request and answer of the decisive exchange as the format's own objects. */
export function traffic({ request, answer }: Exchange): object {
  return {
    webRequest: {
      protocol: 'HTTP',
      version: '1.1',
      target: cutText(request.url, longestText),
      method: cutText(request.method, 100),
      headers: headersOf(request.headers),
      ...bodyOf(request.body),
    },
    webResponse:
      answer === undefined
        ? { noResponseReceived: true }
        : {
            protocol: 'HTTP',
            version: '1.1',
            statusCode: answer.status,
            headers: headersOf(answer.headers),
            ...bodyOf(answer.body),
          },
  };
}
