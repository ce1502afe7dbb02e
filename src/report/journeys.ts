import type { Exchange } from '../core/exchange.js';

/** Equal steps in a row are one step with a count. */
export interface JourneyStep {
  /** The server's own status word where the answer has one, else what was asked. */
  readonly label: string;
  readonly kind: 'submit' | 'follow' | 'download';
  /** HTTP status; absent when no answer came. */
  readonly status?: number;
  readonly count: number;
}

export interface Journey {
  readonly taskId: string;
  readonly probe: string;
  readonly steps: readonly JourneyStep[];
  readonly durationMs: number;
}

interface Trail {
  readonly taskId: string;
  readonly exchanges: Exchange[];
}

const idKey = /(^id|_id|[a-z]I[dD])$/;
const statusKey = /^(task_?)?(status|state)$/i;
const DEEPEST = 5;

/**
 * The tasks that can be seen in the exchanges. A reporter knows no contract, so it goes by what any task API does: an
 * id out of a submit's answer comes back in later URLs, and a URL out of a later answer is downloaded.
 */
export function journeysOf(exchanges: readonly Exchange[]): Journey[] {
  const byToken = new Map<string, Trail>();
  const trails: Trail[] = [];
  for (const exchange of exchanges) {
    const trail = [exchange.request.url, ...urlTokens(exchange.request.url)]
      .map((token) => byToken.get(token))
      .find((known) => known !== undefined);
    if (trail) {
      trail.exchanges.push(exchange);
      for (const url of stringsOf(exchange).filter(({ value }) => /^https?:/.test(value)))
        byToken.set(url.value, trail);
    } else if (exchange.request.method === 'POST' && (exchange.answer?.status ?? 0) < 300) {
      const ids = stringsOf(exchange).filter(({ key, value }) => idKey.test(key) && value.length >= 4);
      const fresh: Trail = { taskId: ids[0]?.value ?? '', exchanges: [exchange] };
      for (const { value } of ids) if (!byToken.has(value)) byToken.set(value, fresh);
      trails.push(fresh);
    }
  }
  return trails.filter((trail) => trail.exchanges.length > 1).map(toJourney);
}

function toJourney({ taskId, exchanges }: Trail): Journey {
  const steps: JourneyStep[] = [];
  exchanges.forEach((exchange, index) => {
    const step = stepOf(exchange, index === 0);
    const previous = steps.at(-1);
    if (previous?.label === step.label && previous.kind === step.kind && previous.status === step.status)
      steps[steps.length - 1] = { ...step, count: previous.count + 1 };
    else steps.push(step);
  });
  const first = exchanges[0];
  const last = exchanges.at(-1);
  return { taskId, probe: first?.probe ?? '', steps, durationMs: (last?.finishedAt ?? 0) - (first?.startedAt ?? 0) };
}

function stepOf(exchange: Exchange, isSubmit: boolean): JourneyStep {
  const { answer, request } = exchange;
  const common = { count: 1, ...(answer ? { status: answer.status } : {}) };
  if (isSubmit) return { kind: 'submit', label: 'submit', ...common };
  const word = stringsOf(exchange).find(({ key, value }) => statusKey.test(key) && value.length <= 40)?.value;
  if (word !== undefined) return { kind: 'follow', label: word, ...common };
  if (answer?.image || exchange.operation === undefined) return { kind: 'download', label: 'download', ...common };
  return { kind: 'follow', label: request.method, ...common };
}

function urlTokens(url: string): string[] {
  if (!URL.canParse(url)) return [];
  const { pathname, searchParams } = new URL(url);
  return [...pathname.split('/'), ...searchParams.values()].filter((token) => token.length >= 4);
}

/** Every string of a JSON answer with its key, outermost first. */
function stringsOf({ answer }: Exchange): { key: string; value: string }[] {
  const found: { key: string; value: string }[] = [];
  let level: [string, unknown][] = [['', parsed(answer?.body)]];
  for (let depth = 0; depth <= DEEPEST && level.length > 0; depth += 1) {
    for (const [key, value] of level) if (typeof value === 'string') found.push({ key, value });
    level = level.flatMap(([key, value]): [string, unknown][] => {
      if (Array.isArray(value)) return value.map((member) => [key, member]);
      return value !== null && typeof value === 'object' ? Object.entries(value) : [];
    });
  }
  return found;
}

function parsed(body: string | undefined): unknown {
  if (body === undefined || !/^\s*[[{]/.test(body)) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
