/**
 * Counts of all isolates in Redis: totals that only grow, and what was counted in each period.
 *
 * A period that is over hardly ever changes, so a reader keeps it: a page that looks every few seconds asks for the last two
 * periods only. Who changes one after all, because its counts waited for Redis, leaves a mark, and readers begin anew.
 *
 * Shape   prefix:1:metrics:total, prefix:1:metrics:<step>:<start>  hash: series -> text
 *         prefix:1:metrics:notes  list; prefix:1:metrics:reset  instant; prefix:1:metrics:late  the last
 *         batch that came late; prefix:1:metrics:batch:<id>  seen
 * Errors  RedisUnavailable; RedisError where Redis refuses a command
 * Cost    one trip each. add: 11 commands, whatever is in it, 14 with notes, 1 more when late. total: 1. read: 1, and 1 for each period not
 *         read before. notes: 1. reset: 4
 */

import type { Clock } from '../primitives/clock.ts';
import type { Redis, RedisArgument, RedisReply } from '../redis/redis.ts';
import { askRedis, expected, textsOf } from '../redis/replies.ts';
import { createScript } from '../redis/script.ts';
import { ADD_BATCH } from './add-batch.lua.ts';
import { type MetricsStore, MOST_NOTES, MOST_STORED_SERIES } from './metrics-store.ts';
import { COARSE, FINE, RESOLUTIONS, type Span, startOf } from './period.ts';
import { parseSamples, type Samples } from './sample.ts';

/** Longer than any answer is waited for, and than a batch is sent again. */
export const BATCH_REMEMBERED_MS = 3_600_000;
/** A batch may be on its way when its period ends: it is late when it takes longer than a flush takes to come. */
const LATE_MS = 15_000;
/** Clocks of isolates differ by less than the rest of this: no reader keeps a period that somebody adds to unmarked. */
const SETTLED_MS = 30_000;
/** Those of an hour and of a day. */
const MOST_KEPT = 220;

export interface RedisMetricsDeps {
  readonly redis: Redis;
  readonly clock: Clock;
}

export function createRedisMetricsStore({ redis, clock }: RedisMetricsDeps, keyPrefix: string): MetricsStore {
  const root = `${keyPrefix}:1:metrics`;
  const script = createScript(ADD_BATCH);
  /** Periods that are over, as they were when the last batch came late. */
  let kept = { late: '', periods: new Map<string, Samples>() };
  const keyOf = (stepMs: number, startsAt: number) => `${root}:${stepMs / 60_000}m:${startsAt}`;
  const periodsAt = (at: number) => RESOLUTIONS.map(({ stepMs }) => keyOf(stepMs, startOf(at, stepMs)));

  function keep(key: string, samples: Samples): void {
    const oldest = kept.periods.keys().next().value;
    if (kept.periods.size >= MOST_KEPT && oldest !== undefined) kept.periods.delete(oldest);
    kept.periods.set(key, samples);
  }

  async function read(span: Span): Promise<readonly Samples[]> {
    const { stepMs, startsAt, toAt } = span;
    const before = kept;
    const missing = startsAt.filter(start => !before.periods.has(keyOf(stepMs, start)));
    const reads = missing.map(start => ['HGETALL', keyOf(stepMs, start)] as const);
    const [marks = null, ...replies] = await askRedis(redis, [
      ['MGET', `${root}:reset`, `${root}:late`],
      ...reads,
    ]);
    const [reset = '', late = ''] = textsOf(marks);
    if (late !== before.late) {
      kept = { late, periods: new Map() };
      if (missing.length < startsAt.length) return read(span);
    }
    const fresh = new Map(missing.map((start, at) => [start, samplesOf(replies[at] ?? null)]));
    for (const [start, samples] of fresh)
      if (start + stepMs + SETTLED_MS <= toAt) keep(keyOf(stepMs, start), samples);
    const since = startOf(Number(reset), stepMs);
    return startsAt.map(start => {
      if (start < since) return NOTHING;
      return fresh.get(start) ?? before.periods.get(keyOf(stepMs, start)) ?? NOTHING;
    });
  }

  return {
    async add({ id, countedAt, samples, notes }) {
      const names = [`batch:${id}`, 'total', 'notes', 'late'];
      const keys = [...names.map(name => `${root}:${name}`), ...periodsAt(countedAt)];
      const isLate = clock() >= startOf(countedAt, FINE.stepMs) + FINE.stepMs + LATE_MS;
      const lateFor = isLate ? COARSE.keptMs : 0;
      const lives = [BATCH_REMEMBERED_MS, MOST_STORED_SERIES, COARSE.keptMs, MOST_NOTES, lateFor];
      const args = [...lives, ...RESOLUTIONS.map(({ keptMs }) => keptMs), notes.length, ...notes];
      expected(await script.run(redis, keys, [...args, ...[...samples].flat()]));
    },
    async total() {
      const [total = null] = await askRedis(redis, [['HGETALL', `${root}:total`]]);
      return samplesOf(total);
    },
    read,
    async notes() {
      const [list = null] = await askRedis(redis, [['LRANGE', `${root}:notes`, 0, MOST_NOTES - 1]]);
      return textsOf(list);
    },
    async reset() {
      const reset = ['SET', `${root}:reset`, clock(), 'PX', COARSE.keptMs] as const;
      await askRedis(redis, [reset, ['DEL', `${root}:notes`, ...periodsAt(clock())]]);
    },
  } satisfies MetricsStore;
}

/** What Upstash bills for a batch while the store is not full, by what stands behind the keys of the script. */
export function billOfAdd(args: readonly RedisArgument[]): number {
  const [lateFor, notes] = [args[4], args[5 + RESOLUTIONS.length]].map(Number);
  return 11 + (notes ? 3 : 0) + (lateFor ? 1 : 0);
}

const NOTHING: Samples = new Map();

function samplesOf(reply: RedisReply): Samples {
  const texts = textsOf(reply);
  const pairs = texts.flatMap((text, at) => (at % 2 === 1 ? [[texts[at - 1] ?? '', text] as const] : []));
  return parseSamples(pairs);
}
