/**
 * Which messages travel together: at most ten in a request, and no more bytes than one may weigh.
 *
 * Shape   bodies -> batches of their positions, in order; a body that fits no request is in none of them
 * Units   bytes, as UTF-8
 * Errors  none (total)
 * Source  SQS quotas: 10 entries, 1 MiB in all
 */

export const MOST_ENTRIES = 10;
export const MOST_BYTES = 1_048_576;

export function packBatches(bodies: readonly string[]): readonly (readonly number[])[] {
  const batches: number[][] = [];
  let [open, bytes]: [number[], number] = [[], 0];
  for (const [at, body] of bodies.entries()) {
    const size = bytesOf(body);
    if (size > MOST_BYTES) continue;
    if (open.length === 0 || open.length === MOST_ENTRIES || bytes + size > MOST_BYTES) {
      [open, bytes] = [[], 0];
      batches.push(open);
    }
    open.push(at);
    bytes += size;
  }
  return batches;
}

export function bytesOf(body: string): number {
  return new TextEncoder().encode(body).byteLength;
}
