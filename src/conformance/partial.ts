import type { Journey } from './evidence.js';
import { endOf } from './judging.js';

/** Words with which an answer says that it holds less than was asked for. */
const fewer = /partial|incomplete|shortfall|fewer|warning|notice|skipped|failed_(count|images)|delivered/i;

/** Whether somewhere in an answer a member has a name of that sort and something in it. */
function says(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return false;
  return Object.entries(value).some(([name, member]) => {
    const empty = member === null || member === false || member === 0 || member === '';
    const isList = Array.isArray(member) && member.length === 0;
    return (fewer.test(name) && !empty && !isList) || says(member);
  });
}

/**
 * Whether a task delivers fewer images than promised and says so. Who pays by the image may be treated like that; that
 * it costs less is for price-consistent to see.
 */
export function ownsUpToFewer(journey: Journey): boolean {
  const { operation, results, expects } = journey;
  const isFewer = results.length > 0 && results.length < (expects.count?.value ?? 0);
  return isFewer && operation.task.price?.per === 'image' && says(endOf(journey)?.sent.json);
}
