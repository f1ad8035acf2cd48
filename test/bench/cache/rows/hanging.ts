/**
 * Redis accepts and says nothing: how long a cold key takes whose loader takes 100 ms.
 */

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Contender, type Open, openOurs, PEERS } from '../contenders.ts';
import { median } from '../measure.ts';
import type { Row } from '../row.ts';
import type { BenchRedis } from '../server.ts';

const LOAD_MS = 100;
const DEADLINE_MS = 250;
/** Timers and a busy machine. */
const SLACK_MS = 40;
const PATIENCE_MS = 8_000;
const REPEATS = 5;

export async function measureHanging(redis: BenchRedis): Promise<Row> {
  const ours: number[] = [];
  for (let i = 0; i < REPEATS; i++) ours.push(...(await timeColdKeys(redis, [openOurs])));
  const taken = median(ours);
  const waited = await timeColdKeys(redis, Object.values(PEERS));
  const peers = Object.keys(PEERS).map((name, i) => `${name} ${say(waited[i] ?? 0)}`);
  return {
    what: 'Redis hangs, cold key',
    bar: `loader's ${LOAD_MS} ms + ${DEADLINE_MS} ms`,
    ours: say(taken),
    peers: peers.join('; '),
    held: taken <= LOAD_MS + DEADLINE_MS + SLACK_MS,
  };
}

const say = (ms: number): string =>
  ms >= PATIENCE_MS ? `no answer in ${PATIENCE_MS / 1_000} s` : `${ms.toFixed(0)} ms`;

async function timeColdKeys(redis: BenchRedis, opens: readonly Open[]): Promise<readonly number[]> {
  await redis.fail({ kind: 'none' });
  const contenders = opens.map(open => open(redis.far));
  for (const contender of contenders) await contender.get(`nothing:${randomUUID()}`);
  await redis.fail({ kind: 'hang' });
  return await Promise.all(contenders.map(timeColdKey));
}

async function timeColdKey(contender: Contender): Promise<number> {
  const load = async () => {
    await sleep(LOAD_MS);
    return 'value';
  };
  const startedAt = performance.now();
  const answer = contender.getOrLoad(`cold:${randomUUID()}`, load).catch(() => 'failed');
  await Promise.race([answer, sleep(PATIENCE_MS)]);
  const taken = performance.now() - startedAt;
  // What still waits is let go with the process.
  void contender.close().catch(() => {});
  return taken;
}
