import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundleEdge } from '../../../infra/local/edge/bundle.ts';
import { startInspected } from './inspected-worker.ts';

const URLS = 100_000;
const A_TIME = 250;
const MiB = 1024 * 1024;
const MAX_BYTES = 16 * MiB;
/**
 * The Worker itself, all that it remembers besides values, and what the collector has not come to yet: more on a busy machine.
 * Without a bound the values alone would be many times as much.
 */
const OWN_BYTES = 32 * MiB;

test('100,000 URLs take the memory that is configured and no more', { timeout: 600_000 }, async () => {
  const stateDir = await mkdtemp(join(tmpdir(), 'headrace-heap-'));
  const worker = await bundleEdge({ stateDir, entry: join(import.meta.dirname, 'worker.ts') });
  const edge = await startInspected(worker);
  const visit = async (from: number) => {
    const answer = await fetch(`${edge.url}/?from=${from}&count=${A_TIME}`);
    return (await answer.json()) as { entries: number; bytes: number };
  };
  try {
    const [held, heap]: [number[], number[]] = [[], []];
    for (let from = 0; from < URLS; from += A_TIME) {
      held.push((await visit(from)).bytes);
      if (from % 1_000 === 0) heap.push(await edge.heapBytes());
    }
    expect(Math.max(...held)).toBeLessThanOrEqual(MAX_BYTES);
    expect(held.at(-1)).toBeGreaterThan(0.95 * MAX_BYTES);
    // Dead objects come and go with the collector; what is alive is in every sample, so the least of the last bounds it.
    const afterwards = Math.min(...heap.slice(-heap.length / 4));
    expect(afterwards).toBeLessThan(MAX_BYTES + OWN_BYTES);
  } finally {
    await edge.stop();
    await rm(stateDir, { recursive: true });
  }
});
