import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AlertEvent, CALM_MS, eventKey } from '../../../../shared/monitoring/alerts/transitions.ts';
import { createRedisMetricsStore } from '../../../../shared/monitoring/redis-metrics-store.ts';
import { createTally } from '../../../../shared/monitoring/tally.ts';
import type { Sight } from '../../../../shared/monitoring/watching/observe.ts';
import { createWatch } from '../../../../shared/monitoring/watching/watch.ts';
import { createRedisWatchState } from '../../../../shared/monitoring/watching/watch-state.ts';
import { createTestClock } from '../../../fakes/clock.ts';
import { createEngineRedis } from '../../../fakes/engine-redis.ts';

const MINUTE_MS = 60_000;
const clock = createTestClock(1_800_000_030_000);
const sharedEngine = createEngineRedis(clock);
let prefixes = 0;

const jobs = (more: object = {}) => [
  { type: 'reports', waiting: 0, oldestMs: 0, deadLetters: 0, ended: { dead: 0, succeeded: 0 }, ...more },
];
const FINE: Sight = { jobs: jobs(), failedChecks: 0 };
const SICK: Sight = { jobs: jobs({ deadLetters: 2 }), failedChecks: 0 };

type Fault = 'none' | 'refuses' | 'dies-while-telling';

async function setUp() {
  const redis = await sharedEngine;
  const prefix = `watch-${prefixes++}`;
  const metrics = createRedisMetricsStore({ redis, clock }, prefix);
  const told: AlertEvent[] = [];
  const run = (sight: Sight, fault: Fault = 'none') =>
    createWatch({
      look: async () => sight,
      metrics,
      state: createRedisWatchState(redis, prefix),
      clock,
      async tell(event) {
        if (fault === 'refuses') return false;
        told.push(event);
        if (fault === 'dies-while-telling') throw new Error('died');
        return true;
      },
    })();
  /** As jobs know each other: by key. */
  const heard = () => [
    ...new Map(told.map(event => [eventKey(event), `${event.id} ${event.kind}`])).values(),
  ];
  /** Nothing is wrong for so long that it is over. */
  const calm = async () => {
    await run(FINE);
    clock.advance(CALM_MS);
    await run(FINE);
  };
  return { run, heard, metrics, calm, minute: () => clock.advance(MINUTE_MS) };
}

describe('who watches', () => {
  it('tells once that something is wrong, and once that it is over', async () => {
    const { run, heard, minute, calm } = await setUp();
    for (const sight of [FINE, SICK, SICK, SICK, FINE, SICK, FINE]) {
      await run(sight);
      minute();
    }
    await calm();
    expect(heard()).toEqual(['dead-letters fired', 'dead-letters recovered']);
  });

  it('tells by the next run what could not be told, under the same name', async () => {
    const { run, heard, minute } = await setUp();
    await run(SICK);
    minute();
    expect(await run(SICK, 'refuses')).toMatchObject({ told: [], untold: 1 });
    minute();
    expect(await run(SICK)).toMatchObject({ told: ['dead-letters fired'], untold: 0 });
    expect(heard()).toEqual(['dead-letters fired']);
  });

  it('tells in order of something that was over before it could be told', async () => {
    const { run, heard, minute, calm } = await setUp();
    await run(SICK);
    minute();
    await run(SICK, 'refuses');
    minute();
    await run(FINE, 'refuses');
    minute();
    await calm();
    expect(heard()).toEqual(['dead-letters fired', 'dead-letters recovered']);
  });

  it('runs twice at once and counts and tells once', async () => {
    const { run, heard, minute, metrics } = await setUp();
    const ended = (dead: number): Sight => ({ jobs: jobs({ ended: { dead, succeeded: 0 } }) });
    await run(ended(3));
    minute();
    const both = await Promise.all([run(ended(5)), run(ended(5))]);
    expect(both.filter(({ isSecond }) => isSecond)).toHaveLength(1);
    expect(createTally(await metrics.total()).counter('jobs_ended_total')).toBe(2);
    expect(heard()).toEqual([]);
  });

  it('leaves what it cannot see as it was', async () => {
    const { run, metrics, minute } = await setUp();
    await run({
      jobs: jobs({ ended: { dead: 3, succeeded: 10 } }),
      redis: { memoryRatio: 0.5, evictedKeys: 7 },
    });
    minute();
    await run({});
    minute();
    await run({
      jobs: jobs({ ended: { dead: 4, succeeded: 12 } }),
      redis: { memoryRatio: 0.6, evictedKeys: 9 },
    });
    const tally = createTally(await metrics.total());
    expect(tally.counter('jobs_ended_total', { outcome: 'dead' })).toBe(1);
    expect(tally.counter('jobs_ended_total', { outcome: 'succeeded' })).toBe(2);
    expect(tally.counter('redis_evicted_keys_total')).toBe(2);
  });

  it('counts nothing where a total began anew', async () => {
    const { run, metrics, minute } = await setUp();
    const database = (queries: number) => ({
      database: { queries, querySeconds: queries / 10, slowQueries: 0, connectionsRatio: 0.1 },
    });
    await run(database(1_000));
    minute();
    await run(database(20));
    minute();
    await run(database(25));
    expect(createTally(await metrics.total()).counter('db_queries_total')).toBe(5);
  });

  it('whatever fails in between, people hear of each change once and in turns', async () => {
    const step = fc.record({
      isSick: fc.boolean(),
      fault: fc.constantFrom<Fault>('none', 'none', 'refuses', 'dies-while-telling'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async steps => {
        const { run, heard, minute, calm } = await setUp();
        for (const { isSick, fault } of [...steps, { isSick: false, fault: 'none' as const }]) {
          await run(isSick ? SICK : FINE, fault);
          minute();
        }
        await calm();
        const expected = heard().map((_, at) => `dead-letters ${at % 2 === 0 ? 'fired' : 'recovered'}`);
        expect(heard()).toEqual(expected);
        expect(heard().length % 2).toBe(0);
      }),
      { numRuns: 40 },
    );
  });
});
