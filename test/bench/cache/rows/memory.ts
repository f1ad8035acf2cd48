/**
 * A hit in memory: its processor time beside BentoCache's, and its trips.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import { type Contender, openOurs, PEERS } from '../contenders.ts';
import { measureCpu } from '../measure.ts';
import { type Row, times, us } from '../row.ts';
import type { BenchRedis } from '../server.ts';

const VALUE = { id: 1, name: 'a tap', price: 12.5, parts: ['a', 'b', 'c'] };
const TAGS = ['tap', 'price', 'parts'];
const BLOCKS = { blocks: 15, operations: 4_000 };

export async function measureMemory(redis: BenchRedis): Promise<readonly Row[]> {
  const all = {
    ours: openOurs(redis.near),
    BentoCache: PEERS.BentoCache(redis.near),
    cacheable: PEERS.cacheable(redis.near),
    'cache-manager': PEERS['cache-manager'](redis.near),
  };
  const rows = [await plain(all), await tagged(all), await trips(redis, all.ours)];
  for (const contender of Object.values(all)) await contender.close();
  return rows;
}

type All = Readonly<Record<'ours' | keyof typeof PEERS, Contender>>;

async function plain(all: All): Promise<Row> {
  const each =
    <Name extends keyof All>(name: Name) =>
    async () =>
      all[name].get('plain');
  for (const contender of Object.values(all)) await contender.set('plain', VALUE);
  const cpu = await measureCpu(
    {
      ours: each('ours'),
      BentoCache: each('BentoCache'),
      cacheable: each('cacheable'),
      'cache-manager': each('cache-manager'),
    },
    BLOCKS,
  );
  const ratio = cpu.ours / cpu.BentoCache;
  return {
    what: 'L1 hit, CPU',
    bar: '≤ 1.0 × BentoCache',
    ours: `${us(cpu.ours)}, ${times(ratio)}`,
    peers: `BentoCache ${us(cpu.BentoCache)}, cacheable ${us(cpu.cacheable)}, cache-manager ${us(cpu['cache-manager'])}`,
    held: ratio <= 1,
  };
}

async function tagged({ ours, BentoCache, cacheable }: All): Promise<Row> {
  const load = async () => VALUE;
  const each = (contender: Contender) => async () => contender.getOrLoad('tagged', load, TAGS);
  const cpu = await measureCpu(
    { ours: each(ours), BentoCache: each(BentoCache), cacheable: each(cacheable) },
    BLOCKS,
  );
  const ratio = cpu.ours / cpu.BentoCache;
  return {
    what: 'L1 hit with 3 tags, CPU',
    bar: '≤ 0.5 × BentoCache',
    ours: `${us(cpu.ours)}, ${times(ratio)}`,
    peers: `BentoCache ${us(cpu.BentoCache)}, cacheable ${us(cpu.cacheable)}`,
    held: ratio <= 0.5,
  };
}

async function trips(redis: BenchRedis, ours: Contender): Promise<Row> {
  const count = async (reads: number) => {
    const before = await redis.counts();
    for (let i = 0; i < reads; i++) await ours.getOrLoad('tagged', async () => VALUE, TAGS);
    return (await redis.counts()).trips - before.trips;
  };
  await count(1);
  const within = await count(500);
  await sleep(1_050);
  const after = await count(500);
  return {
    what: 'L1 hit, round trips',
    bar: '0 within `tagsTtlMs` (1,000), else 1',
    ours: `${within} for 500 hits, ${after} for 500 after 1,050 ms`,
    peers: 'BentoCache 0: its bus tells it',
    held: within === 0 && after === 1,
  };
}
