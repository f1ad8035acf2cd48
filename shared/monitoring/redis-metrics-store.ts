/**
 * Counts of all isolates in Redis: totals that only grow, and what was counted in each period.
 *
 * A period that is over does not change any more, so a reader keeps it: a page that looks every few seconds asks for the
 * last two periods only.
 *
 * Shape   prefix:1:metrics:total, prefix:1:metrics:<step>:<start>  hash: series -> text
 *         prefix:1:metrics:notes  list; prefix:1:metrics:reset  instant; prefix:1:metrics:batch:<id>  seen
 * Errors  RedisUnavailable; RedisError where Redis refuses a command
 * Cost    one trip each. add: 11 commands, whatever is in it, 14 with notes. total: 1. read: 1, and 1 for each period not
 *         read before. notes: 1. reset: 4
 */

import type { Clock } from '../primitives/clock.ts';
import { type Redis, RedisError, type RedisReply } from '../redis/redis.ts';
import { createScript } from '../redis/script.ts';
import { ADD_BATCH } from './add-batch.lua.ts';
import { type MetricsStore, MOST_NOTES, MOST_STORED_SERIES } from './metrics-store.ts';
import { COARSE, RESOLUTIONS, startOf } from './period.ts';
import { parseSamples, type Samples } from './sample.ts';

/** Longer than any answer is waited for, and than a batch is sent again. */
export const BATCH_REMEMBERED_MS = 3_600_000;
/** What Upstash bills for a batch with notes, when the store is not full. */
export const MOST_COMMANDS_OF_ADD = 14;
/** Clocks of isolates differ, and a batch may be on its way when its period ends. */
const SETTLED_MS = 15_000;
/** Those of an hour and of a day. */
const MOST_KEPT = 220;

export interface RedisMetricsDeps {
  readonly redis: Redis;
  readonly clock: Clock;
}

export function createRedisMetricsStore({ redis, clock }: RedisMetricsDeps, keyPrefix: string): MetricsStore {
  const root = `${keyPrefix}:1:metrics`;
  const script = createScript(ADD_BATCH);
  const kept = new Map<string, Samples>();
  const keyOf = (stepMs: number, startsAt: number) => `${root}:${stepMs / 60_000}m:${startsAt}`;
  const open = () => RESOLUTIONS.map(({ stepMs }) => keyOf(stepMs, startOf(clock(), stepMs)));

  async function ask(commands: Parameters<Redis['pipeline']>[0]): Promise<readonly RedisReply[]> {
    const replies = await redis.pipeline(commands);
    const refusal = replies.find(reply => reply instanceof RedisError);
    if (refusal) throw refusal;
    return replies;
  }

  function keep(key: string, samples: Samples): void {
    const oldest = kept.keys().next().value;
    if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    kept.set(key, samples);
  }

  return {
    async add({ id, samples, notes }) {
      const keys = [`${root}:batch:${id}`, `${root}:total`, `${root}:notes`, ...open()];
      const lives = [BATCH_REMEMBERED_MS, MOST_STORED_SERIES, COARSE.keptMs, MOST_NOTES];
      const args = [...lives, ...RESOLUTIONS.map(({ keptMs }) => keptMs), notes.length, ...notes];
      const reply = await script.run(redis, keys, [...args, ...[...samples].flat()]);
      if (reply instanceof RedisError) throw reply;
    },
    async total() {
      const [total = null] = await ask([['HGETALL', `${root}:total`]]);
      return samplesOf(total);
    },
    async read({ stepMs, startsAt, toAt }) {
      const missing = startsAt.filter(start => !kept.has(keyOf(stepMs, start)));
      const reads = missing.map(start => ['HGETALL', keyOf(stepMs, start)] as const);
      const [reset = null, ...replies] = await ask([['GET', `${root}:reset`], ...reads]);
      const fresh = new Map(missing.map((start, at) => [start, samplesOf(replies[at] ?? null)]));
      for (const [start, samples] of fresh)
        if (start + stepMs + SETTLED_MS <= toAt) keep(keyOf(stepMs, start), samples);
      const since = startOf(Number(textOf(reset)), stepMs);
      return startsAt.map(start => {
        if (start < since) return NOTHING;
        return fresh.get(start) ?? kept.get(keyOf(stepMs, start)) ?? NOTHING;
      });
    },
    async notes() {
      const [list = null] = await ask([['LRANGE', `${root}:notes`, 0, MOST_NOTES - 1]]);
      return Array.isArray(list) ? list.map(textOf) : [];
    },
    async reset() {
      const reset = ['SET', `${root}:reset`, clock(), 'PX', COARSE.keptMs] as const;
      await ask([reset, ['DEL', `${root}:notes`, ...open()]]);
    },
  } satisfies MetricsStore;
}

const NOTHING: Samples = new Map();

function samplesOf(reply: RedisReply): Samples {
  const texts = Array.isArray(reply) ? reply.map(textOf) : [];
  const pairs = texts.flatMap((text, at) => (at % 2 === 1 ? [[texts[at - 1] ?? '', text] as const] : []));
  return parseSamples(pairs);
}

function textOf(reply: RedisReply): string {
  return reply instanceof Uint8Array ? new TextDecoder().decode(reply) : String(reply ?? '');
}
