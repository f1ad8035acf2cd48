/**
 * Reads a body whole, and leaves off as soon as it is known to be too long.
 *
 * Units   bytes
 * Errors  IMAGE_SOURCE_TOO_LARGE; the stream's own
 * Cost    one allocation where the length is said and true
 */
import { Readable } from 'node:stream';
import { type Refusal, refuse } from '../../../shared/images/refusal.ts';

export interface ReadBounds {
  readonly maxBytes: number;
  /** What was announced; not relied upon. */
  readonly length?: number | undefined;
}

export async function readWhole(
  body: unknown,
  { maxBytes, length = 0 }: ReadBounds,
): Promise<Uint8Array | Refusal> {
  if (!(body instanceof Readable)) return new Uint8Array();
  if (length > maxBytes) {
    body.destroy();
    return tooLarge(maxBytes);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    // Leaving the loop ends the stream.
    if (size > maxBytes) return tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size);
}

export function tooLarge(maxBytes: number): Refusal {
  return refuse('IMAGE_SOURCE_TOO_LARGE', `at most ${maxBytes} bytes are read`);
}
