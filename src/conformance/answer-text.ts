import { readEvents, type ServerEvent } from './events.js';

/** Bytes as text; undefined where they are none. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

export interface ReadText {
  /** The parsed answer; absent where it is not JSON. */
  readonly json?: unknown;
  /** The events of an answer that is a stream. */
  readonly events?: readonly ServerEvent[];
}

/** What a body says: JSON, the events of a stream, or neither. */
export function readText(contentType: string | undefined, text: string | undefined): ReadText {
  if (text === undefined || text === '') return {};
  const events = /^text\/event-stream\b/i.test(contentType ?? '') ? { events: readEvents(text) } : {};
  try {
    return { json: JSON.parse(text), ...events };
  } catch {
    return events;
  }
}
