import { beforeEach, describe, expect, test } from 'vitest';
import { spanOf } from '../../../shared/monitoring/period.ts';
import { createRedisMetricsStore } from '../../../shared/monitoring/redis-metrics-store.ts';
import { parseSample } from '../../../shared/monitoring/sample.ts';
import { formatSeries } from '../../../shared/monitoring/series.ts';
import { RedisError } from '../../../shared/redis/redis.ts';
import { batch, textsOf } from '../../contracts/metrics-store.ts';
import { createTestClock, type TestClock } from '../../fakes/clock.ts';
import { createEngineRedis, type EngineRedis } from '../../fakes/engine-redis.ts';

const MINUTE = 60_000;
let clock: TestClock;
let redis: EngineRedis;
const open = () => createRedisMetricsStore({ redis, clock }, 'test');

beforeEach(async () => {
  clock = createTestClock();
  redis = await createEngineRedis(clock);
});

async function billOf(work: () => Promise<unknown>) {
  const before = redis.bill();
  await work();
  const after = redis.bill();
  return { trips: after.trips - before.trips, billed: after.billed - before.billed };
}

describe('the bill', () => {
  const few = { a: 'c1' };
  const many = Object.fromEntries(Array.from({ length: 150 }, (_, n) => [`a${n}`, `t9,1:1,${n % 100}:2`]));

  test('of a batch is one trip and 11 commands however much is in it, three more with notes, one more when late', async () => {
    const store = open();
    await store.add(batch(clock(), {}));
    expect(await billOf(() => store.add(batch(clock(), few)))).toEqual({ trips: 1, billed: 11 });
    expect(await billOf(() => store.add(batch(clock(), many)))).toEqual({ trips: 1, billed: 11 });
    expect(await billOf(() => store.add(batch(clock(), few, ['note'])))).toEqual({ trips: 1, billed: 14 });
    const late = batch(clock() - 2 * MINUTE, few, ['note']);
    expect(await billOf(() => store.add(late))).toEqual({ trips: 1, billed: 15 });
  });

  test('of the totals is one command', async () => {
    expect(await billOf(() => open().total())).toEqual({ trips: 1, billed: 1 });
  });

  test('of an hour is a trip, and for who looks again only what may have changed', async () => {
    clock.advance(40_000);
    const store = open();
    const look = () => store.read(spanOf(60 * MINUTE, clock()));
    expect(await billOf(look)).toEqual({ trips: 1, billed: 61 });
    expect(await billOf(look)).toEqual({ trips: 1, billed: 2 });
    clock.advance(MINUTE);
    expect(await billOf(look)).toEqual({ trips: 1, billed: 3 });
  });
});

test('what all isolates bring together has at most 224 series and one for each metric, and none is lost', async () => {
  for (let isolate = 0; isolate < 8; isolate++) {
    const series = Array.from({ length: 100 }, (_, n) =>
      formatSeries('a_total', { path: `/${isolate}/"${n}"` }),
    );
    await open().add(batch(clock(), Object.fromEntries(series.map(one => [one, 'c1']))));
  }
  const total = await open().total();
  expect(total.size).toBe(225);
  const sum = [...total.values()].reduce((all, one) => all + (one.kind === 'counter' ? one.value : 0), 0);
  expect(sum).toBe(800);
  expect(total.get('a_total{path="other"}')).toEqual(parseSample('c576'));
});

test('a series that is there goes on under its own name when the store is full', async () => {
  const full = Object.fromEntries(Array.from({ length: 224 }, (_, n) => [`a${n}`, 'c1']));
  await open().add(batch(clock(), full));
  await open().add(batch(clock(), { a7: 'c1', 'b{x="1"}': 'c1', 'b{x="2"}': 'c2' }));
  const texts = textsOf(await open().total());
  expect([texts.a7, texts['b{x="other"}'], texts['b{x="1"}']]).toEqual(['c2', 'c3', undefined]);
});

test('what is no count is replaced, in Redis as for readers', async () => {
  await redis.pipeline([['HSET', 'test:1:metrics:total', 'a', 'nonsense', 'b', 'cx', 'c', 't5,1:1']]);
  expect(textsOf(await open().total())).toEqual({ c: 't5,1:1' });
  await open().add(batch(clock(), { a: 'c1', b: 'c2', c: 'c3' }));
  expect(textsOf(await open().total())).toEqual({ a: 'c1', b: 'c2', c: 'c3' });
});

test('two who look at once while a batch comes late both see it, and the next one too', async () => {
  const store = open();
  const countedAt = clock();
  clock.advance(3 * MINUTE);
  const span = spanOf(5 * MINUTE, clock());
  await store.read(span);
  await open().add(batch(countedAt, { a: 'c1' }));
  const looks = await Promise.all([store.read(span), store.read(span)]);
  for (const look of [...looks, await store.read(span)]) expect(look.map(textsOf)[1]).toEqual({ a: 'c1' });
});

test('a batch that Redis refused is not taken for one that has arrived', async () => {
  const sent = batch(clock(), { a: 'c1' });
  await redis.pipeline([['SET', 'test:1:metrics:total', 'text']]);
  await expect(open().add(sent)).rejects.toThrow(RedisError);
  await redis.pipeline([['DEL', 'test:1:metrics:total']]);
  await open().add(sent);
  expect(textsOf(await open().total())).toEqual({ a: 'c1' });
});

test('a refusal of Redis is told', async () => {
  await redis.pipeline([['SET', 'test:1:metrics:total', 'text']]);
  await expect(open().add(batch(clock(), { a: 'c1' }))).rejects.toThrow(RedisError);
  await expect(open().total()).rejects.toThrow(RedisError);
});

test('nothing but the totals stays for ever', async () => {
  await open().add(batch(clock(), { a: 'c1' }, ['note']));
  await open().reset();
  await open().add(batch(clock(), { a: 'c1' }, ['note']));
  clock.advance(27 * 60 * MINUTE);
  expect(
    (await redis.pipeline([['KEYS', '*']])).flat().map(key => new TextDecoder().decode(key as Uint8Array)),
  ).toEqual(['test:1:metrics:total']);
});
