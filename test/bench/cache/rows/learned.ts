/**
 * Tags that nobody gives at the read: a trace of keys by Zipf's law, on instances that come up cold, as Lambdas do.
 */

import { type Contender, openOurs, PEERS } from '../contenders.ts';
import type { Row } from '../row.ts';
import type { BenchRedis } from '../server.ts';

const KEYS = 400;
const INSTANCES = 20;
const READS = 200;
const TAG_COUNT = 50;

export async function measureLearned(redis: BenchRedis): Promise<Row> {
  const writer = openOurs(redis.near);
  for (let rank = 0; rank < KEYS; rank++) {
    const tags = [rank, rank * 7 + 1, rank * 13 + 2].map(number => `group-${number % TAG_COUNT}`);
    await writer.set(keyOf(rank), { rank }, [...new Set(tags)]);
  }
  await writer.close();
  const before = await redis.counts();
  let far = 0;
  const next = createZipf();
  for (let instance = 0; instance < INSTANCES; instance++) {
    const cache = openOurs(redis.near);
    const seen = new Set<number>();
    for (let read = 0; read < READS; read++) far += await readOne(cache, next(), seen);
    await cache.close();
  }
  const after = await redis.counts();
  const trips = (after.trips - before.trips) / far;
  const billed = (after.commands - before.commands) / far;
  return {
    what: `L2 hit, tags learned, Zipf trace, ${INSTANCES} cold instances`,
    bar: '≤ 1.05 trips on average',
    ours: `${trips.toFixed(3)} trips for each of ${far} L2 hits; billed ${billed.toFixed(2)} commands`,
    peers: `none learns them in Redis (of ${Object.keys(PEERS).length})`,
    held: trips <= 1.05,
  };
}

const keyOf = (rank: number): string => `trace:${rank}`;

/** 1 for the first read of a key by this instance, which is the one that Redis answers. */
async function readOne(cache: Contender, rank: number, seen: Set<number>): Promise<number> {
  const value = (await cache.get(keyOf(rank))) as { readonly rank: number } | undefined;
  if (value?.rank !== rank) throw new Error(`${keyOf(rank)} came back as ${JSON.stringify(value)}`);
  if (seen.has(rank)) return 0;
  seen.add(rank);
  return 1;
}

/** The same trace in every run: ranks with probability proportional to 1 / (rank + 1). */
function createZipf(): () => number {
  const sums: number[] = [];
  for (let rank = 0; rank < KEYS; rank++) sums.push((sums[rank - 1] ?? 0) + 1 / (rank + 1));
  const total = sums.at(-1) ?? 0;
  let seed = 42;
  return () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    const point = (seed / 2 ** 32) * total;
    return sums.findIndex(sum => sum > point);
  };
}
