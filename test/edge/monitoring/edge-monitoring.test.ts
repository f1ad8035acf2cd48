/**
 * Isolates that share one Redis, each watched as the edge is.
 */

import { describe, expect, test } from 'vitest';
import type { UpstreamRequest } from '../../../edge/adapters/upstream.ts';
import { createEdgeMonitoring } from '../../../edge/monitoring/edge-monitoring.ts';
import type { Answered } from '../../../edge/proxy/answered.ts';
import type { ConfigInput } from '../../../shared/config/config.ts';
import { formatExposition } from '../../../shared/monitoring/exposition.ts';
import { spanOf } from '../../../shared/monitoring/period.ts';
import { createTally, mergeSamples } from '../../../shared/monitoring/tally.ts';
import { createGuardedRedis } from '../../../shared/redis/guarded-redis.ts';
import { type Redis, RedisUnavailable } from '../../../shared/redis/redis.ts';
import { createBreaker } from '../../../shared/resilience/breaker.ts';
import { withChaos } from '../../fakes/chaos.ts';
import { createTestClock, type TestClock } from '../../fakes/clock.ts';
import { createEngineRedis } from '../../fakes/engine-redis.ts';
import { planOf } from '../exchange.ts';
import { asking, HIT } from './answers.ts';

const ROUTES = [{ match: '/products/:id' }, { match: '/search' }];
const OUTCOMES = ['hit', 'hit', 'hit', 'miss', 'stale', 'pass', 'error', 'refused'] as const;

function createIsolate(redis: Redis | undefined, clock: TestClock, metrics: ConfigInput['metrics'] = {}) {
  const [lines, behind, timers] = [[] as string[], [] as Promise<unknown>[], [] as (() => void)[]];
  const monitoring = createEdgeMonitoring({
    plan: planOf({ routes: ROUTES, metrics }),
    clock,
    random: () => 0.5,
    sleep: () => new Promise(resolve => timers.push(() => resolve(undefined))),
    write: line => lines.push(line),
  });
  const breaker = monitoring.watchBreaker(createBreaker({ clock, random: () => 0 }));
  const guarded = redis && createGuardedRedis(monitoring.watchRedis(redis, 'metrics'), breaker);
  const { onAnswered, reader } = monitoring.connect(guarded);
  return {
    lines,
    reader,
    onAnswered,
    async ring() {
      for (const timer of timers.splice(0)) timer();
      await Promise.all(behind.splice(0));
    },
    answer(more: Partial<Answered> = {}, url?: string) {
      const request = { ...asking(url), waitUntil: (work: Promise<unknown>) => void behind.push(work) };
      onAnswered?.({ ...HIT, startedAt: clock(), ...more }, request);
    },
  };
}

test('10,000 requests over 8 isolates: totals are exact, and a histogram has as many as its counter', async () => {
  const clock = createTestClock();
  const redis = await createEngineRedis(clock);
  const isolates = Array.from({ length: 8 }, () => createIsolate(redis, clock));
  for (let n = 0; n < 10_000; n++)
    isolates[n % 8]?.answer({
      outcome: OUTCOMES[n % 7] ?? 'hit',
      status: n % 50 === 0 ? 503 : 200,
      route: n % 3 === 0 ? '/search' : '/products/:id',
      totalMs: n % 900,
    });
  await Promise.all(isolates.map(isolate => isolate.ring()));
  for (const { reader } of isolates) {
    const { value, counts } = await reader.total();
    const tally = createTally(value);
    expect([counts, tally.counter('edge_requests_total')]).toEqual(['all-isolates', 10_000]);
    expect(tally.counter('edge_requests_total', { status: '5xx' })).toBe(200);
    expect(tally.counter('edge_requests_total', { route: '/search' })).toBe(3_334);
    const count = [
      ...formatExposition(value).matchAll(/^edge_request_duration_seconds_count\{.*\} (\d+)$/gm),
    ];
    expect(count.reduce((sum, [, n]) => sum + Number(n), 0)).toBe(10_000);
  }
});

test('10,000 methods, paths and hosts: at most 256 series, in Redis too, and every request is in them', async () => {
  const clock = createTestClock();
  const redis = await createEngineRedis(clock);
  const isolates = Array.from({ length: 4 }, () => createIsolate(redis, clock));
  for (let n = 0; n < 10_000; n++)
    isolates[n % 4]?.answer(
      { method: `METHOD-${n}`, status: 200 + (n % 400), outcome: OUTCOMES[n % 8] ?? 'hit', route: undefined },
      `http://host-${n}.example/path/${n}?q=${n}`,
    );
  await Promise.all(isolates.map(isolate => isolate.ring()));
  const { value } = (await isolates[0]?.reader.total()) ?? { value: new Map() };
  expect(value.size).toBeLessThanOrEqual(256);
  expect(createTally(value).counter('edge_requests_total')).toBe(10_000);
  expect([...value.keys()].join()).not.toMatch(/METHOD|host-|path\//);
});

describe('Redis away for 60 s', () => {
  test('no request notices, and all that was counted is there when it is back', async () => {
    const clock = createTestClock();
    let isDown = true;
    const redis = withChaos<Redis>(await createEngineRedis(clock), {
      before() {
        if (isDown) throw new RedisUnavailable('down');
      },
    });
    const isolate = createIsolate(redis, clock);
    for (let second = 0; second < 60; second++) {
      for (let n = 0; n < 50; n++) isolate.answer({ totalMs: n });
      clock.advance(1_000);
      if (second % 10 === 9) await isolate.ring();
    }
    const own = await isolate.reader.read(spanOf(300_000, clock()));
    expect(own).toMatchObject({ counts: 'this-isolate', reason: expect.stringContaining('does not answer') });
    expect(createTally(mergeSamples(own.value)).counter('edge_requests_total')).toBe(3_000);
    isDown = false;
    clock.advance(10_000);
    isolate.answer();
    await isolate.ring();
    const tally = createTally((await isolate.reader.total()).value);
    expect(tally.counter('edge_requests_total')).toBe(3_001);
    expect(tally.counter('metrics_flush_failed_total')).toBeGreaterThan(3);
    expect(tally.counter('edge_redis_breaker_opened_total')).toBeGreaterThan(0);
  });
});

test('a request asks Redis for nothing: counts leave by one trip in ten seconds', async () => {
  const clock = createTestClock();
  const redis = await createEngineRedis(clock);
  const isolate = createIsolate(redis, clock);
  for (let n = 0; n < 5_000; n++) isolate.answer();
  expect(redis.bill().trips).toBe(0);
  await isolate.ring();
  // The first time Redis has to be taught the script.
  expect(redis.bill().trips).toBe(2);
});

test('slow requests of all isolates are kept, and told in the log', async () => {
  const clock = createTestClock();
  const redis = await createEngineRedis(clock);
  const [one, other] = [createIsolate(redis, clock), createIsolate(redis, clock)];
  one.answer({ totalMs: 5_000 });
  other.answer({ totalMs: 6_000 });
  await Promise.all([one.ring(), other.ring()]);
  const notes = (await one.reader.notes()).value.map(note => JSON.parse(note).totalMs);
  expect(notes.toSorted()).toEqual([5_000, 6_000]);
  expect(one.lines.map(line => JSON.parse(line))).toMatchObject([{ why: 'slow', totalMs: 5_000 }]);
});

test('switched off, nobody is told of requests', () => {
  const isolate = createIsolate(undefined, createTestClock(), { enabled: false });
  expect(isolate.onAnswered).toBeUndefined();
});

test.each([
  ['on', /^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/],
  ['off', /^as it came$/],
])('HEADRACE_MODE=%s: what an origin is asked with', async (mode, expected) => {
  const monitoring = createEdgeMonitoring({
    plan: planOf({}, { HEADRACE_MODE: mode }),
    clock: createTestClock(),
    random: () => 0.5,
    sleep: async () => {},
    write: () => {},
  });
  const sent: (string | null)[] = [];
  const send = monitoring.watchOrigins(async ({ headers }) => {
    sent.push(headers.get('traceparent'));
    return new Response();
  });
  const headers = new Headers({ traceparent: 'as it came' });
  const [origin] = planOf().origins.values();
  const { request } = asking();
  const { signal } = new AbortController();
  await send({ origin, headers, signal, onBehalfOf: { request, isBehind: false } } as UpstreamRequest);
  expect(sent[0]).toMatch(expected);
});
