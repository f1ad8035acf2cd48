import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { createCloudWatch } from '../../../../infra/local/aws/cloudwatch/answer.ts';
import {
  createFigures,
  type Figures,
  percentile,
  statisticsOf,
} from '../../../../infra/local/aws/cloudwatch/figures.ts';
import { AwsRefused, AwsUnavailable } from '../../../../shared/aws/aws-errors.ts';
import type { JsonCall } from '../../../../shared/aws/json-call.ts';
import { type Span, startOf } from '../../../../shared/monitoring/period.ts';
import { createCloudWatchSink } from '../../../../shared/monitoring/publishing/cloudwatch-sink.ts';
import { createPublisher, SETTLED_AFTER_MS } from '../../../../shared/monitoring/publishing/publish.ts';
import { createRedisPublishingStore } from '../../../../shared/monitoring/publishing/redis-publishing-store.ts';
import type { Sample } from '../../../../shared/monitoring/sample.ts';
import { formatSeries } from '../../../../shared/monitoring/series.ts';
import type { Redis } from '../../../../shared/redis/redis.ts';
import { createTestClock, type TestClock } from '../../../fakes/clock.ts';
import { createEngineRedis } from '../../../fakes/engine-redis.ts';

const NAMESPACE = 'headrace/edge';
const MINUTE_MS = 60_000;
/** CloudWatch needs up to two minutes to show what it took. */
const VISIBLE_AFTER_MS = 120_000;

/** What goes wrong in one run, and where. */
const FAULTS = [
  'none',
  'dies-before-put',
  'refused',
  'answer-lost',
  'dies-after-put',
  'redis-lost-begin',
  'redis-lost-commit',
] as const;
type Fault = (typeof FAULTS)[number];

class Died extends Error {}

/** Nothing of it lives by the clock. */
const sharedEngine = createEngineRedis(createTestClock());
let runs = 0;

interface Setup {
  readonly figures: Figures;
  readonly clock: TestClock;
  readonly total: Map<string, Sample>;
  count(n: number, ms: number, route?: string): void;
  /** Somebody looks, now. */
  see(failed: number): void;
  /** `gate` holds the run up after it has read what was published before. */
  run(fault?: Fault, gate?: Promise<void>): Promise<string>;
  published(name: string): { readonly sum: number; readonly samples: number };
}

async function setUp(byRoute = true): Promise<Setup> {
  const clock = createTestClock();
  const figures = createFigures();
  const total = new Map<string, Sample>();
  const seen = new Map<number, Sample>();
  const read = async ({ startsAt }: Span) =>
    startsAt.map(at => {
      const sample = seen.get(at);
      return new Map(sample ? [['health_checks_failed', sample]] : []);
    });
  const engine = await sharedEngine;
  const prefix = `headrace-${runs++}`;
  const answer = createCloudWatch({ figures, clock, visibleAfterMs: VISIBLE_AFTER_MS });
  const call: JsonCall = async (action, input) => {
    const headers = { 'x-amz-target': [`GraniteServiceVersion20100801.${action}`] };
    const body = new TextEncoder().encode(JSON.stringify(input));
    const { status, body: said } = await answer({ method: 'POST', url: '/', headers, body });
    const output = JSON.parse(String(said));
    if (status !== 200) throw new AwsRefused(output.__type, status, output.message);
    return output;
  };
  return {
    figures,
    clock,
    total,
    count(n, ms, route = '/a') {
      add(total, formatSeries('edge_requests_total', { route, status: '2xx', outcome: 'hit' }), n);
      spread(total, formatSeries('edge_request_duration_seconds', { route, served: 'cache' }), { n, ms });
    },
    see(failed) {
      const gauge = { kind: 'gauge', value: failed } as const;
      total.set('health_checks_failed', gauge);
      seen.set(startOf(clock(), MINUTE_MS), gauge);
    },
    run(fault = 'none', gate) {
      const store = createRedisPublishingStore(faultyRedis(engine, fault), prefix);
      const sink = createCloudWatchSink({ put: faultyPut(call, fault), ask: call }, NAMESPACE);
      const publish = createPublisher(
        {
          metrics: { total: () => Promise.resolve(gate).then(() => new Map(total)), read },
          store,
          sink,
          clock,
        },
        { byRoute },
      );
      return publish().then(
        one => one.did,
        error => error.constructor.name,
      );
    },
    published(name) {
      const points = figures.points(NAMESPACE, name);
      return points.length === 0 ? { sum: 0, samples: 0 } : statisticsOf(points);
    },
  };
}

function faultyPut(call: JsonCall, fault: Fault): JsonCall {
  return async (action, input) => {
    if (fault === 'dies-before-put') throw new Died();
    if (fault === 'refused') throw new AwsRefused('InvalidParameterValue', 400, 'no');
    await call(action, input);
    if (fault === 'answer-lost') throw new AwsUnavailable('no answer');
    if (fault === 'dies-after-put') throw new Died();
    return {};
  };
}

/** Done, and the answer lost: what nobody can tell from not done. */
function faultyRedis(redis: Redis, fault: Fault): Redis {
  let scripts = 0;
  return {
    async pipeline(commands) {
      const replies = await redis.pipeline(commands);
      const ran =
        commands.some(([name]) => name.startsWith('EVAL')) && !replies.some(one => one instanceof Error);
      scripts += ran ? 1 : 0;
      if (ran && fault === 'redis-lost-begin' && scripts === 1) throw new Died();
      if (ran && fault === 'redis-lost-commit' && scripts === 2) throw new Died();
      return replies;
    },
  };
}

function add(total: Map<string, Sample>, series: string, n: number): void {
  const before = total.get(series);
  total.set(series, { kind: 'counter', value: (before?.kind === 'counter' ? before.value : 0) + n });
}

function spread(
  total: Map<string, Sample>,
  series: string,
  { n, ms }: { readonly n: number; readonly ms: number },
): void {
  const before = total.get(series);
  const had =
    before && 'counts' in before
      ? before
      : { kind: 'durations' as const, sumThousandths: 0, counts: new Map() };
  const bucket = ms;
  const counts = new Map(had.counts).set(bucket, (had.counts.get(bucket) ?? 0) + n);
  total.set(series, { kind: 'durations', sumThousandths: had.sumThousandths + n * 1_000, counts });
}

describe('publishing the edge’s figures', () => {
  let edge: Setup;
  beforeEach(async () => {
    edge = await setUp();
  });

  it('begins where it is: what was counted before has no minute', async () => {
    edge.count(1_000, 40);
    expect(await edge.run()).toBe('began');
    edge.count(7, 40);
    expect(await edge.run()).toBe('published');
    expect(edge.published('Requests').sum).toBe(7);
  });

  it('tells percentiles as they are here', async () => {
    await edge.run();
    edge.count(95, 40);
    edge.count(5, 80);
    await edge.run();
    const points = edge.figures.points(NAMESPACE, 'RequestDuration');
    const [p50, p95, p99] = [0.5, 0.95, 0.99].map(share => percentile(points, share)) as [
      number,
      number,
      number,
    ];
    expect(p50).toBe(p95);
    expect(p99).toBeGreaterThan(p95);
    expect(statisticsOf(points).samples).toBe(100);
  });

  it('has a series for each of twelve routes at most, whatever is asked for', async () => {
    await edge.run();
    for (let route = 0; route < 40; route++) edge.count(1, 40, `/route-${route}`);
    await edge.run();
    const series = edge.figures.series(NAMESPACE).filter(name => name.startsWith('Requests{'));
    expect(new Set(series.map(name => /Route=([^,}]+)/.exec(name)?.[1])).size).toBe(12);
    const routed = series.reduce((sum, name) => sum + edge.published(name).sum, 0);
    expect([routed, edge.published('Requests').sum]).toEqual([40, 40]);
  });

  it('has none of them where only the whole is wanted', async () => {
    const whole = await setUp(false);
    await whole.run();
    whole.count(3, 40);
    await whole.run();
    expect(whole.figures.series(NAMESPACE).filter(name => name.includes('{'))).toEqual([]);
  });

  it('tells them for the minute that is over', async () => {
    await edge.run();
    edge.count(1, 40);
    await edge.run();
    const [point] = edge.figures.points(NAMESPACE, 'Requests');
    expect(point?.at).toBe(Math.floor(edge.clock() / MINUTE_MS) * MINUTE_MS - MINUTE_MS);
  });

  it('tells of a gauge what was just seen, and nothing once nobody sees it any more', async () => {
    await edge.run();
    edge.see(2);
    const told = () => edge.figures.points(NAMESPACE, 'HealthFailed').length;
    for (const minutes of [1, 2, 3, 4]) {
      edge.clock.advance(MINUTE_MS);
      await edge.run();
      expect(told()).toBe(Math.min(minutes, 2));
    }
    expect(edge.published('HealthFailed').sum).toBe(4);
  });

  it('waits for a batch whose fate cannot be known yet, and then looks it up', async () => {
    await edge.run();
    edge.count(5, 40);
    expect(await edge.run('answer-lost')).toBe('AwsUnavailable');
    edge.count(2, 40);
    edge.clock.advance(MINUTE_MS);
    expect(await edge.run()).toBe('waits');
    edge.clock.advance(SETTLED_AFTER_MS);
    expect(await edge.run()).toBe('published');
    expect(edge.published('Requests').sum).toBe(7);
  });

  it('sends at once again what CloudWatch refused', async () => {
    await edge.run();
    edge.count(5, 40);
    expect(await edge.run('refused')).toBe('AwsRefused');
    expect(await edge.run()).toBe('published');
    expect(edge.published('Requests').sum).toBe(5);
  });

  it('counts from nothing where Redis lost its totals', async () => {
    edge.count(1_000, 40);
    await edge.run();
    edge.total.clear();
    edge.count(3, 40);
    await edge.run();
    expect(edge.published('Requests').sum).toBe(3);
  });

  it('runs twice at once and counts once', async () => {
    await edge.run();
    edge.count(9, 40);
    const did = await Promise.all([edge.run(), edge.run(), edge.run()]);
    expect(did.filter(one => one === 'published')).toHaveLength(1);
    expect(edge.published('Requests').sum).toBe(9);
  });

  it('sends nothing that another run has sent since it looked', async () => {
    await edge.run();
    edge.count(9, 40);
    let open = () => {};
    const late = edge.run('none', new Promise<void>(resolve => (open = resolve)));
    expect(await edge.run()).toBe('published');
    open();
    expect(await late).toBe('waits');
    expect(edge.published('Requests').sum).toBe(9);
  });

  it('counts each request once, whatever dies in between, in whatever order', async () => {
    const step = fc.record({
      counted: fc.integer({ min: 0, max: 50 }),
      bucket: fc.integer({ min: 1, max: 100 }),
      fault: fc.constantFrom(...FAULTS),
      minutes: fc.integer({ min: 0, max: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async steps => {
        const one = await setUp();
        await one.run();
        for (const { counted, bucket, fault, minutes } of steps) {
          if (counted > 0) one.count(counted, bucket);
          await one.run(fault);
          one.clock.advance(minutes * MINUTE_MS);
        }
        one.clock.advance(SETTLED_AFTER_MS);
        await one.run();
        const counted = steps.reduce((sum, step) => sum + step.counted, 0);
        expect(one.published('Requests').sum).toBe(counted);
        expect(one.published('RequestDuration').samples).toBe(counted);
      }),
      { numRuns: 200 },
    );
  });
});
