/**
 * What a tagged value costs in Redis: commands, and sequential trips over a wire that delays every answer by 20 ms.
 */

import { randomUUID } from 'node:crypto';
import { type Contender, type Open, openOurs, PEERS } from '../contenders.ts';
import { countSequentialTrips } from '../measure.ts';
import type { Row } from '../row.ts';
import type { Address, BenchRedis } from '../server.ts';

const TAGS = ['one', 'two', 'three'];
const TAGGED = { ours: openOurs, BentoCache: PEERS.BentoCache, cacheable: PEERS.cacheable };

interface Cost {
  readonly commands: number;
  /** As sent: without what scripts run. For the peers the same as `commands`. */
  readonly sent: number;
  readonly trips: number;
}

type Costs = Readonly<Record<keyof typeof TAGGED, Cost>>;
type Operation = (contender: Contender, key: string) => Promise<unknown>;

export async function measureShared(redis: BenchRedis): Promise<readonly Row[]> {
  const read: Operation = (contender, key) => contender.getOrLoad(key, async () => 'loaded', TAGS);
  const write: Operation = (contender, key) => contender.set(key, 'value', TAGS);
  const purge: Operation = async contender => contender.purgeTags?.(TAGS);
  return [
    row('L2 hit, 3 tags given', '1 command, 1 trip', await costs(redis, read)),
    row('set with 3 tags', '1 trip', await costs(redis, write), ({ trips }) => trips < 2),
    row('purge of 3 tags', '1 command, 1 trip', await costs(redis, purge)),
  ];
}

const once = ({ sent, trips }: Cost): boolean => sent === 1 && trips < 2;

function row(what: string, bar: string, { ours, BentoCache, cacheable }: Costs, holds = once): Row {
  const say = (cost: Cost) => `${cost.sent} c, ${cost.trips.toFixed(1)} trips`;
  const billed = ours.commands > ours.sent ? `, ${ours.commands} billed` : '';
  return {
    what,
    bar,
    ours: say(ours) + billed,
    peers: `BentoCache ${say(BentoCache)}; cacheable ${say(cacheable)}`,
    held: holds(ours),
  };
}

async function costs(redis: BenchRedis, operation: Operation): Promise<Costs> {
  const measured: Partial<Record<keyof Costs, Cost>> = {};
  for (const name of Object.keys(TAGGED) as (keyof Costs)[])
    measured[name] = await costOf(redis, TAGGED[name], operation);
  return measured as Costs;
}

/** Each time a new instance that knows no tags, on a value that another has stored; connections are open already. */
async function costOf(redis: BenchRedis, open: Open, operation: Operation): Promise<Cost> {
  const near = await prepare(open, redis.near, redis.near);
  const before = await redis.counts();
  await operation(near.contender, near.key);
  const after = await redis.counts();
  await near.contender.close();
  const trips = await countSequentialTrips(redis, {
    prepare: () => prepare(open, redis.far, redis.near),
    run: ({ contender, key }) => operation(contender, key),
    // The proxy ends a connection before the delayed answer to its last command: a client may complain.
    release: ({ contender }) => contender.close().catch(() => {}),
  });
  const commands = after.commands - before.commands;
  return { commands, sent: open === openOurs ? after.sent - before.sent : commands, trips };
}

async function prepare(open: Open, address: Address, writeTo: Address) {
  const key = `shared:${randomUUID()}`;
  const writer = open(writeTo);
  await writer.set(key, 'value', TAGS);
  await writer.close();
  const contender = open(address);
  // Opens the connections without learning a tag; ours opens one.
  await contender.get(`nothing:${randomUUID()}`);
  return { contender, key };
}
