import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEvents, type ServerSentEvent } from '../../../shared/client/server-sent-events.ts';

async function read(pieces: readonly Uint8Array[]): Promise<ServerSentEvent[]> {
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
  const events: ServerSentEvent[] = [];
  for await (const event of readEvents(stream)) events.push(event);
  return events;
}

const bytes = (text: string) => new TextEncoder().encode(text);

describe('a stream of events', () => {
  it('is read field by field', async () => {
    const text = 'retry: 1000\n\n: alive\n\nevent: state\nid: 7\ndata: {"a":1}\n\ndata:one\ndata: two\n\n';
    expect(await read([bytes(text)])).toEqual([
      { name: 'message' },
      { name: 'message' },
      { name: 'state', id: '7', data: '{"a":1}' },
      { name: 'message', data: 'one\ntwo' },
    ]);
  });

  it('does not tell an event that was cut off', async () => {
    expect(await read([bytes('data: whole\n\ndata: half')])).toEqual([{ name: 'message', data: 'whole' }]);
  });

  it('is the same in whatever pieces it comes, and with either line break', async () => {
    const text = 'event: state\nid: 1\ndata: grüße 東京 🚰\n\nevent: progress\ndata: 2\n\n';
    const whole = await read([bytes(text)]);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(60)), fc.boolean(), async (cuts, crlf) => {
        const all = bytes(crlf ? text.replaceAll('\n', '\r\n') : text);
        const at = [0, ...cuts.map(cut => cut % all.length).sort((a, b) => a - b), all.length];
        expect(await read(at.slice(1).map((end, i) => all.subarray(at[i], end)))).toEqual(whole);
      }),
      { numRuns: 100 },
    );
  });

  it('lets go of its stream when its reader stops', async () => {
    let cancelled = false;
    const stream = new ReadableStream<Uint8Array>({
      pull: controller => controller.enqueue(bytes('data: again\n\n')),
      cancel() {
        cancelled = true;
      },
    });
    for await (const event of readEvents(stream)) {
      expect(event.data).toBe('again');
      break;
    }
    expect(cancelled).toBe(true);
  });
});
