/**
 * Uploads a stream of so many bytes past a store that keeps none of them, and tells what memory that took.
 *
 * Shape   bytes -> one line of JSON
 * Units   bytes, ms
 */

import { readFileSync } from 'node:fs';
import { createPublisher } from '../../../functions/publishing.ts';
import type { AssetStore } from '../../../shared/publishing/asset-store.ts';

const total = Number(process.argv[2]);
const chunk = Buffer.alloc(64 * 1024, Uint8Array.of(0, 1, 2, 3));
let parts = 0;
let kept = 0;

const store: AssetStore = {
  limits: { smallestPartBytes: 5 * 1024 * 1024, mostParts: 10_000 },
  stat: async () => undefined,
  read: async () => undefined,
  put: async () => ({ etag: '' }),
  remove: async () => {},
  async open() {
    return {
      async send({ bytes }) {
        parts++;
        kept += bytes.byteLength;
        return 'sent';
      },
      complete: async () => ({ etag: '' }),
      abort: async () => {},
    };
  },
};

async function* stream() {
  for (let left = total; left > 0; left -= chunk.byteLength)
    yield chunk.subarray(0, Math.min(left, chunk.byteLength));
}

const idleBytes = statusOf('VmRSS');
const startedAt = performance.now();
const { bytes } = await createPublisher({ store }).uploadAsset('film.mp4', stream(), { hash: false });
if (bytes !== total || kept !== total)
  throw new Error(`${bytes} bytes were told of and ${kept} kept, of ${total}`);
const ms = Math.round(performance.now() - startedAt);
process.stdout.write(`${JSON.stringify({ ms, parts, idleBytes, peakBytes: statusOf('VmHWM') })}\n`);

function statusOf(name: string): number {
  const line = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(readFileSync('/proc/self/status', 'utf8'));
  return Number(line?.[1]) * 1_024;
}
