/**
 * What a request costs at Redis, counted at the gateway that it goes through: trips, not time.
 */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveLoopback } from '../../infra/local/loopback.ts';
import { createEngine } from '../../infra/local/redis/engine.ts';
import { createGateway } from '../../infra/local/redis/gateway.ts';
import { type Executor, nameOf } from '../../infra/local/redis/reply.ts';
import { eventually } from '../eventually.ts';
import { ask, type Reply } from './ask.ts';
import { type Flow, startFlow } from './flow.ts';

/** Longer than the test: purges are not what is counted here. */
const config = { levels: { l2: { tagsTtl: '10m' } } } as const;
const PAGES = 60;
const REQUESTS = 150;

let gateway: Gateway;
let flow: Flow;

beforeAll(async () => {
  gateway = await startGateway();
  flow = await startFlow({ config, variables: gateway.variables });
});
afterAll(async () => {
  await flow.stop();
  await gateway.stop();
});

describe('a hit in memory', () => {
  test('asks Redis for nothing', async () => {
    const page = flow.origin.page({ headers: { 'cache-control': 'max-age=60', 'surrogate-key': 'a b' } });
    await storedAfter(() => flow.ask(page.path));
    const before = gateway.trips();
    const replies = await Promise.all(Array.from({ length: 30 }, () => flow.ask(page.path)));
    expect(new Set(replies.map(levelOf))).toEqual(new Set(['L1']));
    expect(gateway.trips() - before).toBe(0);
  });
});

describe('isolates that begin with nothing', () => {
  test('take one trip for each hit in Redis, whatever varies and however many tags there are', async () => {
    const pages = Array.from({ length: PAGES }, (_, rank) =>
      flow.origin.page({
        headers: {
          'cache-control': 'max-age=600',
          'surrogate-key': `page-${rank} all`,
          ...(rank % 3 === 0 && { vary: 'Accept-Language' }),
        },
        body: `page ${rank}`,
      }),
    );
    const headers = { host: new URL(flow.url).host, 'accept-language': 'de' };
    for (const { path } of pages) await storedAfter(() => flow.ask(path, { headers }));
    const asked = pages.map(page => page.asked.length);
    const cold = await Promise.all([flow.another(), flow.another(), flow.another()]);
    const before = gateway.trips();
    const levels: (string | undefined)[] = [];
    for (const [number, rank] of zipf(REQUESTS, PAGES).entries()) {
      const isolate = cold[number % cold.length] ?? flow;
      levels.push(levelOf(await ask(isolate.url, pages[rank]?.path ?? '/', { headers })));
    }
    const fromRedis = levels.filter(level => level === 'L2').length;
    expect(levels.filter(level => level === undefined)).toEqual([]);
    expect(pages.map(page => page.asked.length)).toEqual(asked);
    expect(fromRedis).toBeGreaterThan(30);
    expect(fromRedis).toBeLessThan(REQUESTS);
    expect((gateway.trips() - before) / fromRedis).toBeLessThanOrEqual(1.05);
  });
});

describe('a miss', () => {
  test('is answered while its page is still on its way to Redis', async () => {
    const page = flow.origin.page({ headers: { 'cache-control': 'max-age=60' }, body: 'page' });
    const release = gateway.holdWrites();
    const before = gateway.writes();
    const miss = await flow.ask(page.path);
    const hit = await flow.ask(page.path);
    expect([miss.text, miss.cacheStatus]).toEqual(['page', 'fwd=uri-miss; fwd-status=200; stored']);
    expect(levelOf(hit)).toBe('L1');
    await eventually(() => expect(gateway.writes()).toBeGreaterThan(before));
    release();
  });
});

function levelOf({ cacheStatus }: Reply): string | undefined {
  return /^hit;.* detail=(L[12])$/.exec(cacheStatus ?? '')?.[1];
}

async function storedAfter(work: () => Promise<unknown>): Promise<void> {
  const before = gateway.writes();
  await work();
  const isStored = () => gateway.writes() > before && gateway.stored() === gateway.writes();
  await eventually(() => expect(isStored()).toBe(true));
}

/** Ranks asked for by Zipf's law with exponent 1, spread evenly over its distribution: the same in every run. */
function zipf(requests: number, ranks: number): number[] {
  const weights = Array.from({ length: ranks }, (_, rank) => 1 / (rank + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return Array.from({ length: requests }, (_, number) => {
    // A multiple of the golden ratio visits the unit interval evenly, in no order that could favour a cache.
    let left = ((number * 0.618_033_988_75) % 1) * total;
    return weights.findIndex(weight => {
      left -= weight;
      return left <= 0;
    });
  });
}

interface Gateway {
  readonly variables: { readonly UPSTASH_REDIS_REST_URL: string; readonly UPSTASH_REDIS_REST_TOKEN: string };
  /** Those of requests: what an isolate has counted leaves by one of its own in ten seconds. */
  trips(): number;
  /** Writes that arrived, and those that are done. */
  writes(): number;
  stored(): number;
  /** From now on no write is done until it is called. */
  holdWrites(): () => void;
  stop(): Promise<void>;
}

async function startGateway(): Promise<Gateway> {
  const engine = await createEngine({ clock: Date.now, random: Math.random });
  const counts = { trips: 0, ofMetrics: 0, writes: 0, stored: 0 };
  let free = Promise.resolve();
  const executor: Executor = {
    ...engine,
    async run(command) {
      if (isOfMetrics(command)) counts.ofMetrics += 1;
      if (nameOf(command[0] ?? new Uint8Array()) !== 'SET') return engine.run(command);
      counts.writes += 1;
      await free;
      const reply = await engine.run(command);
      counts.stored += 1;
      return reply;
    },
  };
  const onRequest = () => {
    counts.trips += 1;
  };
  const token = 'trips-token';
  const server = await serveLoopback(createGateway({ executor, token, onRequest }), { onError: () => {} });
  return {
    variables: { UPSTASH_REDIS_REST_URL: server.origin, UPSTASH_REDIS_REST_TOKEN: token },
    trips: () => counts.trips - counts.ofMetrics,
    writes: () => counts.writes,
    stored: () => counts.stored,
    holdWrites() {
      const { promise, resolve } = Promise.withResolvers<void>();
      free = promise;
      return resolve;
    },
    stop: server.close,
  };
}

/** One script a trip. */
function isOfMetrics(command: readonly Uint8Array[]): boolean {
  return command.some(argument => new TextDecoder().decode(argument).endsWith(':metrics:total'));
}
