import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Origin, startOrigin } from '../fakes/origin.ts';
import { type Flow, startFlow } from './flow.ts';

let blog: Origin;
let flow: Flow;

beforeAll(async () => {
  blog = await startOrigin();
  flow = await startFlow({
    config: {
      origins: { blog: { url: blog.url }, named: { url: blog.url, host: 'client' } },
      hosts: { 'shop.example': 'default', 'blog.example': 'blog', 'named.example': 'named' },
      routes: [{ match: '/page-1', origin: 'blog' }],
    },
    upstreams: () => ({ named: new URL(blog.url) }),
  });
});
afterAll(async () => {
  await flow.stop();
  await blog.stop();
});

const at = (host: string) => ({ headers: { host } });

test('each host has its origin, and a route may name another', async () => {
  const blogFirst = blog.page({ body: 'first of the blog' });
  const [shopFirst, shopSecond] = [
    flow.origin.page({ body: 'first of the shop' }),
    flow.origin.page({ body: 'second of the shop' }),
  ];
  const blogSecond = blog.page({ body: 'second of the blog' });
  expect(shopFirst.path).toBe(blogFirst.path);
  expect((await flow.ask(shopSecond.path, at('shop.example'))).text).toBe('second of the shop');
  expect((await flow.ask(blogSecond.path, at('Blog.Example'))).text).toBe('second of the blog');
  expect((await flow.ask(shopFirst.path, at('shop.example'))).text).toBe('first of the blog');
});

test('any other host is refused with 421, and no origin is asked', async () => {
  const reply = await flow.ask('/page-1', at('evil.example'));
  expect([reply.status, JSON.parse(reply.text).code]).toEqual([421, 'HOST_UNKNOWN']);
  expect((await flow.ask('/page-1', { method: 'POST', ...at('evil.example') })).status).toBe(421);
  expect(JSON.stringify([...blog.asked, ...flow.origin.asked])).not.toContain('evil.example');
});

test('Headrace’s own routes answer under any host', async () => {
  expect((await flow.ask('/api/performance/health', at('evil.example'))).status).toBe(200);
});

describe('an origin that wants the client’s Host', () => {
  test('is asked by it, at its own address', async () => {
    const page = blog.page({ headers: { 'cache-control': 'max-age=60' }, body: 'named' });
    expect((await flow.ask(page.path, at('named.example'))).text).toBe('named');
    expect((await flow.ask(page.path, { method: 'POST', ...at('named.example') })).text).toBe('named');
    expect(page.asked.map(({ headers }) => headers.host)).toEqual(['named.example', 'named.example']);
    expect((await flow.ask(page.path, at('named.example'))).cacheStatus).toContain('fwd=uri-miss');
    expect((await flow.ask(page.path, at('named.example'))).cacheStatus).toMatch(/^hit/);
  });

  test('is reached by the health check too', async () => {
    const { checks } = JSON.parse((await flow.ask('/api/performance/health')).text);
    expect(checks['origin:named']).toMatchObject({ status: 'healthy' });
  });
});

test.each(['evil:99999', '[::1'])('a Host that is none, %s, is refused', async host => {
  const { status, text } = await flow.ask('/', at(host));
  expect([status, JSON.parse(text).code]).toEqual([400, 'HOST_INVALID']);
});
