import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalRedis, startRedis } from '../../infra/local/redis/start.ts';
import { eventually } from '../eventually.ts';
import type { Behaviour } from '../fakes/origin.ts';
import { ask, type Question } from './ask.ts';
import { ADMIN_TOKEN, type Flow, startFlow } from './flow.ts';

let redis: LocalRedis;
let flow: Flow;
/** An isolate that has learned nothing yet. */
let cold: string;

beforeAll(async () => {
  redis = await startRedis();
  flow = await startFlow({
    variables: { UPSTASH_REDIS_REST_URL: redis.url, UPSTASH_REDIS_REST_TOKEN: redis.token },
    config: { tracking: 'keep', levels: { l2: { tagsTtl: '0s' } } },
  });
  cold = (await flow.another()).url;
});
afterAll(async () => {
  await flow.stop();
  await redis.stop();
});

const saying = (rule: string, extra = {}): Behaviour => {
  return ({ url }, response) => {
    response.writeHead(200, { 'cache-control': 'max-age=60', 'no-vary-search': rule, ...extra });
    response.end(url);
  };
};
/** The answer is stored behind the response; explain asks nobody else. */
async function store(path: string, question: Question = {}) {
  const reply = await flow.ask(path, question);
  await eventually(async () => {
    const told = await flow.ask('/api/admin/cache/explain', {
      method: 'POST',
      headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
      body: JSON.stringify({ url: path, headers: question.headers ?? {} }),
    });
    expect(JSON.parse(told.text).decision.kind).toBe('hit');
  });
  return reply;
}
const isHit = async (path: string) => ((await flow.ask(path)).cacheStatus ?? '').startsWith('hit');
const askCold = (path: string) => ask(cold, path, { headers: { host: new URL(flow.url).host } });

describe('parameters that make no difference', () => {
  test('are no reason to ask again, once the first answer has said so', async () => {
    const { path, asked } = flow.origin.page(saying('params=("ref")'));
    const first = await store(`${path}?id=1&ref=a`);
    expect(first.text).toBe(`${path}?id=1&ref=a`);
    const second = await flow.ask(`${path}?id=1&ref=b`);
    expect([second.text, second.cacheStatus]).toEqual([first.text, expect.stringMatching(/^hit/)]);
    expect(await isHit(`${path}?ref=c&id=1`)).toBe(true);
    expect((await flow.ask(`${path}?id=2&ref=a`)).text).toBe(`${path}?id=2&ref=a`);
    expect(asked).toHaveLength(2);
  });

  test('are all but the named ones, in the other spelling', async () => {
    const { path, asked } = flow.origin.page(saying('params, except=("id")'));
    await store(`${path}?id=1&x=1`);
    expect(await isHit(`${path}?y=2&id=1`)).toBe(true);
    expect(await isHit(`${path}?id=3`)).toBe(false);
    expect(asked).toHaveLength(2);
  });

  test('matter again when an answer no longer says so', async () => {
    const page = flow.origin.page(saying('params=("ref")'));
    await store(`${page.path}?ref=a`);
    page.becomes(({ url }, response) => {
      response.writeHead(200, { 'cache-control': 'max-age=60' }).end(url);
    });
    await flow.purge({ prefixes: [page.path] });
    await store(`${page.path}?ref=a`);
    expect((await flow.ask(`${page.path}?ref=b`)).text).toBe(`${page.path}?ref=b`);
    expect(await isHit(`${page.path}?ref=a`)).toBe(true);
  });

  test('are told apart from those of another answer’s rule', async () => {
    const page = flow.origin.page(saying('params=("ref")'));
    await store(`${page.path}?id=1&ref=a`);
    page.becomes(saying('params=("id")'));
    await store(`${page.path}?id=2&ref=a`);
    expect((await flow.ask(`${page.path}?id=3&ref=a`)).text).toBe(`${page.path}?id=2&ref=a`);
    expect((await flow.ask(`${page.path}?id=3&ref=b`)).text).toBe(`${page.path}?id=3&ref=b`);
  });

  test('an isolate that has not learned asks once, and is never given what is not its own', async () => {
    const { path, asked } = flow.origin.page(saying('params=("ref")'));
    await store(`${path}?id=1&ref=a`);
    expect((await askCold(`${path}?id=1&ref=b`)).text).toBe(`${path}?id=1&ref=b`);
    expect(asked).toHaveLength(2);
    const isKnown = async () => expect((await askCold(`${path}?id=1&ref=a`)).cacheStatus).toMatch(/^hit/);
    await eventually(isKnown);
    expect((await askCold(`${path}?id=1&ref=c`)).cacheStatus).toMatch(/^hit/);
  });

  test('vary by other things as any page does', async () => {
    const { path } = flow.origin.page(({ url, headers }, response) => {
      response.writeHead(200, {
        'cache-control': 'max-age=60',
        'no-vary-search': 'params=("ref")',
        vary: 'x-shop',
      });
      response.end(`${headers['x-shop']} ${url}`);
    });
    const get = (shop: string, ref: string) =>
      flow.ask(`${path}?ref=${ref}`, { headers: { 'x-shop': shop } });
    await store(`${path}?ref=1`, { headers: { 'x-shop': 'at' } });
    await store(`${path}?ref=2`, { headers: { 'x-shop': 'de' } });
    expect((await get('at', '3')).text).toBe(`at ${path}?ref=1`);
    expect((await get('de', '3')).text).toBe(`de ${path}?ref=2`);
  });
});

describe('a purge of one URL takes what may answer it', () => {
  test.each([
    ['by the administrator', (path: string) => flow.purge({ urls: [`${path}?id=1&ref=other`] })],
    ['by a change', (path: string) => flow.ask(`${path}?id=1&ref=other`, { method: 'PUT', body: 'x' })],
  ])('%s', async (_, purge) => {
    const { path } = flow.origin.page(saying('params=("ref")'));
    await store(`${path}?id=1&ref=a`);
    expect(await isHit(`${path}?id=1&ref=b`)).toBe(true);
    await purge(path);
    expect(await isHit(`${path}?id=1&ref=b`)).toBe(false);
  });

  test('as well as one that was on its way', async () => {
    let answer = () => {};
    const page = flow.origin.page((_, response) => {
      response.writeHead(200, { 'cache-control': 'max-age=60', 'no-vary-search': 'params=("ref")' });
      response.write('old ');
      answer = () => response.end('page');
    });
    const loading = flow.ask(`${page.path}?ref=a`);
    await eventually(() => expect(page.asked).toHaveLength(1));
    await flow.purge({ urls: [`${page.path}?ref=b`] });
    answer();
    await loading;
    page.becomes(saying('params=("ref")'));
    expect((await flow.ask(`${page.path}?ref=b`)).text).toBe(`${page.path}?ref=b`);
    expect((await askCold(`${page.path}?ref=b`)).text).toBe(`${page.path}?ref=b`);
  });
});
