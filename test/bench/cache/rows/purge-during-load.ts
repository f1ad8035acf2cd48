/**
 * A tag is purged while the loader runs: who purged must not be given afterwards what was loaded before.
 */

import { randomUUID } from 'node:crypto';
import { type Open, openOurs, PEERS } from '../contenders.ts';
import type { Row } from '../row.ts';
import type { BenchRedis } from '../server.ts';

const TIMES = 1_000;
const PEER_TIMES = 20;

export async function measurePurgeDuringLoad(redis: BenchRedis): Promise<Row> {
  const ours = await countStale(redis, openOurs, TIMES);
  const bento = await countStale(redis, PEERS.BentoCache, PEER_TIMES);
  const cacheable = await countStale(redis, PEERS.cacheable, PEER_TIMES);
  return {
    what: 'tag purged while the loader runs',
    bar: `0 of ${TIMES.toLocaleString('en')} stale`,
    ours: `${ours} of ${TIMES.toLocaleString('en')}`,
    peers: `BentoCache ${bento} of ${PEER_TIMES}; cacheable ${cacheable} of ${PEER_TIMES}`,
    held: ours === 0,
  };
}

/** By turns the instance that loads purges and another one; who purged asks again. */
async function countStale(redis: BenchRedis, open: Open, turns: number): Promise<number> {
  const [loader, other] = [open(redis.near), open(redis.near)];
  let stale = 0;
  for (let turn = 0; turn < turns; turn++) {
    const purger = turn % 2 === 0 ? loader : other;
    const [key, tag] = [`race:${randomUUID()}`, `race-${turn}`];
    const old = async () => {
      await purger.purgeTags?.([tag]);
      return 'old';
    };
    await loader.getOrLoad(key, old, [tag]);
    if ((await purger.getOrLoad(key, async () => 'new', [tag])) === 'old') stale += 1;
  }
  await loader.close();
  await other.close();
  return stale;
}
