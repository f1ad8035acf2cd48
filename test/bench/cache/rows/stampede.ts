/**
 * Misses at once: a hundred in one process, and ten in each of ten processes.
 */

import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Open, openOurs, PEERS } from '../contenders.ts';
import type { Order } from '../miss-process.ts';
import type { Row } from '../row.ts';
import type { BenchRedis } from '../server.ts';

const PROCESSES = 10;
const MISSES = 10;

export async function measureStampede(redis: BenchRedis): Promise<readonly Row[]> {
  return [await inOneProcess(redis), await inManyProcesses(redis)];
}

async function inOneProcess(redis: BenchRedis): Promise<Row> {
  const ours = await missAtOnce(redis, openOurs);
  const peers: string[] = [];
  for (const [name, open] of Object.entries(PEERS)) {
    const { loads, commands } = await missAtOnce(redis, open);
    peers.push(`${name} ${loads}, ${commands} c`);
  }
  return {
    what: '100 concurrent misses, one process',
    bar: '1 load, 2 commands',
    ours: `${ours.loads} load, ${ours.commands} c`,
    peers: peers.join('; '),
    held: ours.loads === 1 && ours.commands <= 2,
  };
}

async function missAtOnce(redis: BenchRedis, open: Open) {
  const contender = open(redis.near);
  await contender.get(`nothing:${randomUUID()}`);
  const before = await redis.counts();
  let loads = 0;
  const load = async () => {
    loads += 1;
    return 'value';
  };
  const key = `stampede:${randomUUID()}`;
  await Promise.all(Array.from({ length: 100 }, () => contender.getOrLoad(key, load)));
  const after = await redis.counts();
  await contender.close();
  return { loads, commands: after.commands - before.commands };
}

async function inManyProcesses(redis: BenchRedis): Promise<Row> {
  const loads: Record<string, number> = {};
  for (const name of ['ours', ...Object.keys(PEERS)]) loads[name] = await missInProcesses(redis, name);
  const peers = Object.keys(PEERS).map(name => `${name} ${loads[name]}`);
  return {
    what: `${PROCESSES} processes × ${MISSES} misses, lease on`,
    bar: '1 load',
    ours: `${loads.ours} load`,
    peers: `${peers.join('; ')} loads`,
    held: loads.ours === 1,
  };
}

/** Real processes: all have connected before the first of them misses. */
async function missInProcesses(redis: BenchRedis, contender: string): Promise<number> {
  const order: Order = { contender, address: redis.near, key: `processes:${randomUUID()}`, misses: MISSES };
  const children = Array.from({ length: PROCESSES }, () =>
    fork(join(import.meta.dirname, '..', 'miss-process.ts')),
  );
  try {
    await Promise.all(
      children.map(child => {
        child.send(order);
        return once(child, 'message');
      }),
    );
    const counts = await Promise.all(
      children.map(async child => {
        child.send('go');
        return (await once(child, 'message'))[0] as number;
      }),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  } finally {
    for (const child of children) child.kill();
  }
}
