/** One event of a stream, as the server wrote it. */
export interface ServerEvent {
  /** `message` where the stream names none. */
  readonly event: string;
  readonly data: string;
  /** The parsed data; undefined where it is not JSON. */
  readonly json?: unknown;
}

function jsonOf(data: string): { json?: unknown } {
  try {
    return { json: JSON.parse(data) };
  } catch {
    return {};
  }
}

/** Reads a `text/event-stream` body. Comments are left out; a last block without its empty line is no event. */
export function readEvents(text: string): ServerEvent[] {
  const blocks = text.replace(/^\uFEFF/, '').split(/\r\n\r\n|\n\n|\r\r/);
  // What stands behind the last empty line was not finished.
  return blocks.slice(0, -1).flatMap((block): ServerEvent[] => {
    let event = 'message';
    const data: string[] = [];
    for (const line of block.split(/\r\n|\n|\r/)) {
      const [, field, value = ''] = /^([^:]*)(?::\s?(.*))?$/s.exec(line) ?? [];
      if (field === 'event') event = value;
      else if (field === 'data') data.push(value);
    }
    if (data.length === 0) return [];
    const whole = data.join('\n');
    return [{ event, data: whole, ...jsonOf(whole) }];
  });
}
