import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalRedis, startRedis } from '../../infra/local/redis/start.ts';
import { eventually } from '../eventually.ts';
import { ask } from './ask.ts';
import { type Flow, startFlow } from './flow.ts';

const TAGS_TTL_MS = 200;
let redis: LocalRedis;
let flow: Flow;
/** A second isolate on the same Redis, and one that has no Redis. */
let other: string;
let alone: string;

beforeAll(async () => {
  redis = await startRedis();
  flow = await startFlow({
    variables: { UPSTASH_REDIS_REST_URL: redis.url, UPSTASH_REDIS_REST_TOKEN: redis.token },
    config: { levels: { l2: { tagsTtl: `${TAGS_TTL_MS}ms` } } },
  });
  other = (await flow.another()).url;
  alone = (await flow.another({ UPSTASH_REDIS_REST_URL: '', UPSTASH_REDIS_REST_TOKEN: '' })).url;
});
afterAll(async () => {
  await flow.stop();
  await redis.stop();
});

const host = () => new URL(flow.url).host;
const page = () =>
  flow.origin.page({
    headers: { 'cache-control': 'max-age=60, stale-while-revalidate=60' },
    body: 'page',
  });

async function isHit(path: string, { at = flow.url, of = host() } = {}): Promise<boolean> {
  const { cacheStatus } = await ask(at, path, { headers: { host: of } });
  return /^hit; ttl=[1-9]/.test(cacheStatus ?? '');
}
const isStored = (path: string, where = {}) =>
  eventually(async () => expect(await isHit(path, where)).toBe(true));

/** Which of the pages are still fresh, after all of them were. */
async function leftBy(selector: object, paths: readonly string[], of = host()): Promise<string[]> {
  for (const path of paths) await isStored(path, { of });
  expect((await flow.purge(selector)).status).toBe(202);
  const left: string[] = [];
  for (const path of paths) if (await isHit(path, { of })) left.push(path);
  return left;
}

describe.each([false, true])('softly: %s', soft => {
  test('a prefix takes the page, its queries and all below it, by whole segments', async () => {
    const path = `${page().path}/x`;
    const paths = [path, `${path}?a=1`, `${path}/y`, `${path}/y/z?b`, `${path}0`, `${path}-more`];
    expect(await leftBy({ prefixes: [path], soft }, paths)).toEqual(paths.slice(4));
  });

  test('a prefix that ends in a slash takes what is below it', async () => {
    const { path } = page();
    const paths = [path, `${path}/`, `${path}/x`];
    expect(await leftBy({ prefixes: [`http://${host()}${path}/`], soft }, paths)).toEqual([path]);
  });

  test('a pattern takes what matches, of every query', async () => {
    const { path } = page();
    const paths = [`${path}/a.css`, `${path}/b/c.css?v=2`, `${path}/a.js`];
    expect(await leftBy({ patterns: [`${path}/*.css*`], soft }, paths)).toEqual([`${path}/a.js`]);
  });

  test('a host takes its pages, and no other host’s', async () => {
    const { path } = page();
    await isStored(path);
    expect(await leftBy({ hosts: ['SHOP.example'], soft }, [path], 'shop.example')).toEqual([]);
    expect(await leftBy({ hosts: ['shop.example:444'], soft }, [path], 'shop.example')).toEqual([]);
    expect(await isHit(path)).toBe(true);
  });

  test('everything takes everything', async () => {
    const [one, two] = [page().path, page().path];
    await isStored(one, { of: 'other.example' });
    expect(await leftBy({ everything: true, soft }, [one, two])).toEqual([]);
    expect(await isHit(one, { of: 'other.example' })).toBe(false);
  });
});

test.each([
  ['prefixes', (path: string) => ({ prefixes: [path] })],
  ['hosts', () => ({ hosts: [host()] })],
  ['patterns', (path: string) => ({ patterns: [`${path}*a`] })],
  ['everything', () => ({ everything: true })],
])('%s: another isolate learns of it within the stated bound', async (_, selectorOf) => {
  const path = `${page().path}/a`;
  await isStored(path);
  await isStored(path, { at: other });
  await flow.purge(selectorOf(path.slice(0, -1)));
  await sleep(TAGS_TTL_MS + 10);
  expect(await isHit(path, { at: other })).toBe(false);
});

test.each([
  ['prefixes', (path: string) => ({ prefixes: [path] })],
  ['patterns', (path: string) => ({ patterns: [`${path.slice(0, -1)}*`] })],
  ['everything', () => ({ everything: true })],
])('%s: an answer that was on its way does not survive it', async (_, selectorOf) => {
  let answer = () => {};
  const slow = flow.origin.page((_request, response) => {
    response.writeHead(200, { 'cache-control': 'max-age=60' });
    response.write('old ');
    answer = () => response.end('page');
  });
  const loading = flow.ask(slow.path);
  await eventually(() => expect(slow.asked).toHaveLength(1));
  await flow.purge(selectorOf(slow.path));
  answer();
  expect((await loading).text).toBe('old page');
  slow.becomes({ headers: { 'cache-control': 'max-age=60' }, body: 'new' });
  expect((await flow.ask(slow.path)).text).toBe('new');
  expect((await ask(other, slow.path, { headers: { host: host() } })).text).toBe('new');
});

test('a pattern says what was found, and whether all was looked at', async () => {
  const { path } = page();
  for (const end of ['a', 'b']) await isStored(`${path}/${end}`);
  const answer = JSON.parse((await flow.purge({ patterns: [`${path}/*`, `${path}/a*z`] })).text);
  expect(answer).toMatchObject({ purged: 2, found: 0, complete: true });
  await isStored(`${path}/a`);
  const again = JSON.parse((await flow.purge({ patterns: [`${path}*a`] })).text);
  expect(again).toMatchObject({ purged: 1, found: 1, complete: true, tiers: { redis: 'purged' } });
});

test('an isolate without Redis purges its own memory', async () => {
  const { path } = page();
  const where = { at: alone, of: new URL(alone).host };
  for (const selector of [{ prefixes: [path] }, { patterns: [`${path}*`] }, { everything: true }]) {
    await isStored(path, where);
    const reply = await ask(alone, '/api/admin/cache/purge', {
      method: 'POST',
      headers: { authorization: 'Bearer flow-admin-token-0123456789abcdef' },
      body: JSON.stringify(selector),
    });
    expect(JSON.parse(reply.text).tiers).toEqual({ redis: 'absent', isolate: 'purged', cdn: 'absent' });
    expect(await isHit(path, where)).toBe(false);
  }
});
