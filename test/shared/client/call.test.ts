import { afterEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import {
  type CallAnswer,
  type CallInput,
  createClient,
  HeadraceApiError,
} from '../../../shared/client/client.ts';

type Asked = { readonly url: string; readonly init: RequestInit };

function clientOf(
  answer: () => Response | Promise<Response>,
  options: { url?: string; timeoutMs?: number } = {},
) {
  const asked: Asked[] = [];
  const fetch = vi.fn(async (url: unknown, init: RequestInit = {}) => {
    asked.push({ url: String(url), init });
    init.signal?.throwIfAborted();
    return Promise.race([answer(), aborted(init.signal)]);
  });
  const client = createClient({
    url: 'https://edge.example/base/',
    token: 'secret',
    fetch: fetch as never,
    ...options,
  });
  return { client, asked };
}

function aborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
}

const problem = (status: number, body: object, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });

afterEach(() => vi.restoreAllMocks());

describe('a call', () => {
  it('is one request: method, address behind the base, token, body', async () => {
    const { client, asked } = clientOf(() => Response.json({ id: 'a' }, { status: 202 }));
    expect(await client.cache.purge({ tags: ['x'] })).toEqual({ id: 'a' });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      url: 'https://edge.example/base/api/admin/cache/purge',
      init: { method: 'POST', body: '{"tags":["x"]}' },
    });
    expect(Object.fromEntries(asked[0]?.init.headers as Headers)).toEqual({
      authorization: 'Bearer secret',
      'content-type': 'application/json',
    });
  });

  it('fills the path, whatever the parameter holds', async () => {
    const { client, asked } = clientOf(
      () => new Response('text', { headers: { 'content-type': 'text/javascript' } }),
    );
    expect(await client.call('GET /dashboard/assets/:name', { params: { name: 'a/../b c' } })).toBe('text');
    expect(asked[0]?.url).toBe('https://edge.example/base/dashboard/assets/a%2F..%2Fb%20c');
  });

  it('gives a report of health with 503, too', async () => {
    const report = { status: 'unhealthy', score: 0, checks: {} };
    const { client } = clientOf(() => Response.json(report, { status: 503 }));
    expect(await client.performance.health()).toEqual(report);
  });
});

describe('a call without an answer', () => {
  it('rejects with the problem: status, code, detail, when to ask again', async () => {
    const body = {
      type: 'about:blank',
      title: 'Incomplete',
      status: 503,
      code: 'CACHE_PURGE_INCOMPLETE',
      detail: 'Again.',
    };
    const { client } = clientOf(() => problem(503, body, { 'retry-after': '5' }));
    const error = await client.cache.purge({ everything: true }).catch(reason => reason);
    expect(error).toBeInstanceOf(HeadraceApiError);
    expect(error).toMatchObject({
      status: 503,
      code: 'CACHE_PURGE_INCOMPLETE',
      title: 'Incomplete',
      detail: 'Again.',
      retryAfterMs: 5_000,
      message: 'CACHE_PURGE_INCOMPLETE: Again.',
    });
  });

  it.each([
    ['another’s page', () => new Response('<h1>Bad gateway</h1>', { status: 502 }), 502],
    ['JSON that is no problem', () => problem(500, { error: 'x' }), 500],
    ['JSON of a firewall', () => Response.json({ blocked: true }, { status: 403 }), 403],
    ['a page of the origin', () => new Response('<p>', { headers: { 'content-type': 'text/html' } }), 200],
    ['what is no JSON', () => new Response('{', { headers: { 'content-type': 'application/json' } }), 200],
  ])('rejects with ANSWER_UNREADABLE for %s', async (_, answer, status) => {
    await expect(clientOf(answer).client.cache.explain({ url: '/' })).rejects.toMatchObject({
      code: 'ANSWER_UNREADABLE',
      status,
    });
  });

  it('rejects with EDGE_UNREACHABLE, and the cause', async () => {
    const cause = new TypeError('fetch failed');
    await expect(clientOf(() => Promise.reject(cause)).client.performance.health()).rejects.toMatchObject({
      code: 'EDGE_UNREACHABLE',
      status: 0,
      cause,
    });
  });

  it('rejects with EDGE_TIMEOUT when time is over', async () => {
    const { client } = clientOf(() => new Promise<Response>(() => {}), { timeoutMs: 1 });
    await expect(client.performance.health()).rejects.toMatchObject({ code: 'EDGE_TIMEOUT' });
  });

  it('rejects with the reason of who ended it', async () => {
    const { client } = clientOf(() => new Promise<Response>(() => {}));
    const own = new AbortController();
    const call = client.performance.health({ signal: own.signal });
    own.abort(new Error('enough'));
    await expect(call).rejects.toThrow('enough');
  });
});

describe('the types', () => {
  it('are those of the table', () => {
    const { client } = clientOf(() => Response.json({}));
    expectTypeOf<CallInput<'POST /api/admin/cache/purge'>['body']['soft']>().toEqualTypeOf<
      boolean | undefined
    >();
    expectTypeOf<CallAnswer<'POST /api/admin/cache/purge'>['tiers']['redis']>().toEqualTypeOf<
      'purged' | 'absent'
    >();
    expectTypeOf<CallAnswer<'GET /dashboard'>>().toEqualTypeOf<string>();
    expectTypeOf<CallAnswer<'GET /dashboard/assets/:name'>>().toEqualTypeOf<string | undefined>();
    const never = async () => {
      // @ts-expect-error: there is no such route
      await client.call('GET /api/admin/cache/purge');
      // @ts-expect-error: a purge names what it purges
      await client.call('POST /api/admin/cache/purge');
      // @ts-expect-error: tags are a list
      await client.cache.purge({ tags: 'a' });
      // @ts-expect-error: the path has a name
      await client.call('GET /dashboard/assets/:name', { params: {} });
      // @ts-expect-error: health takes no body
      await client.call('GET /api/performance/health', { body: {} });
      await client.call('GET /api/performance/health');
    };
    expect(never).toBeTypeOf('function');
  });
});
