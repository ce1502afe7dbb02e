import type { Exchange, RecordedAnswer } from '../core/exchange.js';
import { wholeNumber } from './report-words.js';

function contentOf({ image, body, sha256 }: RecordedAnswer): string {
  if (image) return `: ${image.format} ${image.width}x${image.height}${image.complete ? '' : ', incomplete'}`;
  if (body) return `: ${body}`;
  return sha256 === undefined ? '' : `: sha256 ${sha256}`;
}

/** What came back, raw and in one line: `x3 200 application/json, 132 bytes: {"id":…`. Escape it before showing it. */
export function answerLine({ id, answer, failure }: Exchange): string {
  if (!answer) return `${id} no answer${failure === undefined ? '' : `: ${failure}`}`;
  const type = answer.headers['content-type'];
  const head = [`${id} ${answer.status}${type === undefined ? '' : ` ${type}`}`, `${wholeNumber(answer.bytes)} bytes`];
  if (answer.truncated) head.push('truncated');
  return head.join(', ') + contentOf(answer);
}
