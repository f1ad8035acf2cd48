/**
 * Has a Worker in workerd visit one URL after the other, and says what it then holds: by its own account, and on V8's heap.
 *
 * Shape   { maxBytes, urls } -> { heldBytes, liveBytes } after each quarter of the URLs
 * Units   bytes
 * Cost    half a millisecond of processor a URL
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleEdge } from '../../../infra/local/edge/bundle.ts';
import { type InspectedWorker, startInspected } from './inspected-worker.ts';

export interface Filling {
  /** What memory is configured to hold. */
  readonly maxBytes: number;
  readonly urls: number;
}

export interface Filled {
  readonly urls: number;
  /** The most that the cache itself counted until then. */
  readonly heldBytes: number;
  readonly liveBytes: number;
}

export async function fill(filling: Filling): Promise<readonly Filled[]> {
  const stateDir = await mkdtemp(join(tmpdir(), 'headrace-heap-'));
  const worker = await bundleEdge({ stateDir, entry: join(import.meta.dirname, 'worker.ts') });
  const edge = await startInspected(worker);
  try {
    const quarters: Filled[] = [];
    for (const quarter of [0, 1, 2, 3]) quarters.push(await fillQuarter(edge, filling, quarter));
    return quarters;
  } finally {
    await edge.stop();
    await rm(stateDir, { recursive: true });
  }
}

/** Few enough that workerd comes to what else it has to do. */
const AT_A_TIME = 250;

async function fillQuarter(edge: InspectedWorker, filling: Filling, quarter: number): Promise<Filled> {
  const urls = filling.urls / 4;
  const [begin, end] = [quarter * urls, (quarter + 1) * urls];
  let heldBytes = 0;
  for (let from = begin; from < end; from += AT_A_TIME) {
    const count = Math.min(AT_A_TIME, end - from);
    const answer = await fetch(`${edge.url}/?maxBytes=${filling.maxBytes}&from=${from}&count=${count}`);
    const { bytes } = (await answer.json()) as { bytes: number };
    heldBytes = Math.max(heldBytes, bytes);
  }
  return { urls: end, heldBytes, liveBytes: await edge.liveBytes() };
}
