/**
 * Reads a stream of server-sent events.
 *
 * Shape   bytes, in any pieces -> { name, id?, data }; a comment is an event without data, and tells that the stream lives
 * Errors  those of the stream
 * Source  HTML Standard, "Server-sent events", "Interpreting an event stream"
 */

export interface ServerSentEvent {
  readonly name: string;
  readonly id?: string;
  readonly data?: string;
}

export async function* readEvents(stream: ReadableStream<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  const decoder = new TextDecoder();
  const reader = stream.getReader();
  let rest = '';
  try {
    for (;;) {
      const { value, done } = await reader.read();
      // What is left of an event that was cut off is no event.
      if (done) return;
      const blocks = (rest + decoder.decode(value, { stream: true })).split(/\r?\n\r?\n/);
      rest = blocks.pop() ?? '';
      yield* blocks.map(parseEvent);
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function parseEvent(block: string): ServerSentEvent {
  const fields = block.split(/\r?\n/).map(parseField);
  const last = (wanted: string) => fields.findLast(([name]) => name === wanted)?.[1];
  const lines = fields.flatMap(([name, value]) => (name === 'data' ? [value] : []));
  const id = last('id');
  return {
    name: last('event') ?? 'message',
    ...(id !== undefined && { id }),
    ...(lines.length > 0 && { data: lines.join('\n') }),
  };
}

function parseField(line: string): readonly [name: string, value: string] {
  const colon = line.indexOf(':');
  if (colon < 0) return [line, ''];
  return [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')];
}
