import { brotliDecompressSync, gunzipSync, gzipSync, zstdDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalRedis, startRedis } from '../../infra/local/redis/start.ts';
import { eventually } from '../eventually.ts';
import { ask, type Question } from './ask.ts';
import { type Flow, startFlow } from './flow.ts';

let redis: LocalRedis;
let flow: Flow;

beforeAll(async () => {
  redis = await startRedis();
  flow = await startFlow({
    config: { routes: [{ match: '/page-1', compress: false }] },
    variables: { UPSTASH_REDIS_REST_URL: redis.url, UPSTASH_REDIS_REST_TOKEN: redis.token },
  });
  // The one page whose route says no.
  flow.origin.page({ headers: { 'cache-control': 'max-age=60', 'content-type': 'text/html' }, body: text });
});
afterAll(async () => {
  await flow.stop();
  await redis.stop();
});

const text = Array.from({ length: 500 }, (_, line) => `<li>line ${line} of the page</li>\n`).join('');
const html = (headers: Record<string, string> = {}, body: string | Uint8Array = text) =>
  flow.origin.page({
    headers: {
      'cache-control': 'max-age=60',
      'content-type': 'text/html; charset=utf-8',
      etag: '"v1"',
      ...headers,
    },
    body,
  });
const taking = (codings: string, headers: Record<string, string> = {}): Question => ({
  headers: { 'accept-encoding': codings, ...headers },
});

/** The reply of a hit, as soon as there is one: what is stored is compressed behind the first client's back. */
function hit(path: string, question: Question, edge = flow.url) {
  return eventually(async () => {
    const reply = await ask(edge, path, question);
    expect(reply.cacheStatus).toMatch(/^hit/);
    return reply;
  });
}

describe('what is stored is compressed by what its client takes', () => {
  test.each([
    ['br, gzip', 'br', brotliDecompressSync],
    ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
    ['zstd, gzip', 'zstd', zstdDecompressSync],
    ['gzip;q=0.5', 'gzip', gunzipSync],
  ])('%s: the first has the origin’s bytes, the next ones %s', async (codings, coding, decompress) => {
    const page = html();
    const miss = await flow.ask(page.path, taking(codings));
    expect([miss.text === text, miss.headers['content-encoding'], miss.headers.etag]).toEqual([
      true,
      undefined,
      '"v1"',
    ]);
    expect(miss.headers.vary).toBe('Accept-Encoding');
    const reply = await hit(page.path, taking(codings));
    expect(reply.headers).toMatchObject({
      'content-encoding': coding,
      'content-length': String(reply.body.length),
      'content-type': 'text/html; charset=utf-8',
      etag: `"v1~hr-${coding}"`,
      vary: 'Accept-Encoding',
    });
    expect(decompress(reply.body).toString()).toBe(text);
    expect(reply.body.length).toBeLessThan(text.length / 2);
    expect(page.asked).toHaveLength(1);
  });

  test('who takes no coding, or does not say, gets the page as it is, and costs the origin one request', async () => {
    const page = html();
    await flow.ask(page.path, taking('br'));
    await hit(page.path, taking('br'));
    for (const question of [{}, taking('identity'), taking('br;q=0, gzip;q=0')]) {
      expect((await flow.ask(page.path, question)).text).toBe(text);
      const reply = await hit(page.path, question);
      expect([reply.text === text, reply.headers['content-encoding'], reply.headers.etag]).toEqual([
        true,
        undefined,
        '"v1"',
      ]);
      expect(reply.headers.vary).toBe('Accept-Encoding');
    }
    expect(page.asked).toHaveLength(3);
    expect((await flow.ask(page.path, taking('br'))).headers['content-encoding']).toBe('br');
  });

  test('it is the same in another isolate, from Redis', async () => {
    const page = html();
    const host = { host: new URL(flow.url).host };
    await flow.ask(page.path, taking('br'));
    const here = await hit(page.path, taking('br'));
    const other = await flow.another();
    const there = await hit(page.path, taking('br', host), other.url);
    expect(there.body.equals(here.body)).toBe(true);
    expect(there.headers).toMatchObject({ 'content-encoding': 'br', etag: '"v1~hr-br"' });
    expect(page.asked).toHaveLength(1);
  });
});

describe('what is not compressed', () => {
  test.each<[string, Record<string, string>, (string | Uint8Array)?]>([
    ['is marked no-transform', { 'cache-control': 'max-age=60, no-transform' }],
    ['is an image', { 'content-type': 'image/png' }],
    ['is small', {}, 'x'.repeat(1_000)],
    ['has a digest', { 'repr-digest': 'sha-256=:AAAA:' }],
    ['would shrink to a bomb', {}, ' '.repeat(1_000_000)],
  ])('because it %s goes out as it came', async (_, headers, body = text) => {
    const page = html(headers, body);
    await flow.ask(page.path, taking('br'));
    const reply = await hit(page.path, taking('br'));
    expect([reply.text === body, reply.headers['content-encoding'], reply.headers.etag]).toEqual([
      true,
      undefined,
      '"v1"',
    ]);
  });

  test('because the origin did it is stored as the origin’s', async () => {
    const body = gzipSync(text);
    const page = html({ 'content-encoding': 'gzip', vary: 'accept-encoding' }, body);
    await flow.ask(page.path, taking('br, gzip'));
    const reply = await hit(page.path, taking('br, gzip'));
    expect(reply.headers).toMatchObject({ 'content-encoding': 'gzip', etag: '"v1"' });
    expect(reply.body.equals(body)).toBe(true);
  });

  test('because the route says so goes out as it came, for everyone alike', async () => {
    await flow.ask('/page-1', taking('br'));
    const reply = await hit('/page-1', taking('gzip'));
    expect([reply.text === text, reply.headers.vary]).toEqual([true, undefined]);
  });

  test('because the client says no-transform comes from the origin', async () => {
    const page = html();
    await flow.ask(page.path, taking('br'));
    await hit(page.path, taking('br'));
    const reply = await flow.ask(page.path, taking('br', { 'cache-control': 'no-transform' }));
    expect([reply.text === text, reply.cacheStatus]).toEqual([
      true,
      'fwd=bypass; fwd-status=200; stored; detail=no-transform',
    ]);
    expect((await hit(page.path, taking('br'))).headers['content-encoding']).toBe('br');
  });
});

describe('the tag of a compressed page', () => {
  test('is known again, by the hit and by a miss', async () => {
    const page = html();
    const conditional = taking('br', { 'if-none-match': '"v1~hr-br"' });
    const first = await flow.ask(page.path, conditional);
    expect([first.status, first.headers.etag]).toEqual([304, '"v1~hr-br"']);
    await hit(page.path, taking('br'));
    const again = await flow.ask(page.path, conditional);
    expect([again.status, again.headers.etag, again.headers['content-encoding']]).toEqual([
      304,
      '"v1~hr-br"',
      undefined,
    ]);
    expect((await flow.ask(page.path, taking('br', { 'if-none-match': '"v1"' }))).status).toBe(200);
  });

  test('is the origin’s own when the origin is asked, and what it confirms stays compressed', async () => {
    const page = html({ age: '60', 'cache-control': 'max-age=60' });
    await flow.ask(page.path, taking('br'));
    page.becomes({ status: 304, headers: { etag: '"v1"', 'cache-control': 'max-age=60', 'x-rev': '2' } });
    const confirmed = await eventually(async () => {
      const reply = await flow.ask(page.path, taking('br'));
      expect(reply.cacheStatus).toContain('fwd-status=304; stored');
      return reply;
    });
    expect(page.asked[1]?.headers['if-none-match']).toBe('"v1"');
    for (const reply of [confirmed, await hit(page.path, taking('br'))]) {
      expect(reply.headers).toMatchObject({
        'content-encoding': 'br',
        etag: '"v1~hr-br"',
        vary: 'Accept-Encoding',
        'x-rev': '2',
        'content-length': String(reply.body.length),
      });
      expect(brotliDecompressSync(reply.body).toString()).toBe(text);
    }
  });

  test('is asked for anew when the origin no longer wants it compressed', async () => {
    const page = html({ age: '60' });
    await flow.ask(page.path, taking('br'));
    await eventually(async () =>
      expect((await flow.ask(page.path, taking('br'))).cacheStatus).toContain('fwd=stale'),
    );
    const headers = {
      etag: '"v1"',
      'cache-control': 'max-age=60, no-transform',
      'content-type': 'text/html',
    };
    page.becomes(({ headers: asked }, response) => {
      const known = asked['if-none-match'] !== undefined;
      response.writeHead(known ? 304 : 200, headers).end(known ? undefined : text);
    });
    const reply = await flow.ask(page.path, taking('br'));
    expect([reply.text === text, reply.headers['content-encoding']]).toEqual([true, undefined]);
    expect((await hit(page.path, taking('br'))).text).toBe(text);
  });

  test('guards a change at the origin as the origin’s own', async () => {
    const page = html();
    await flow.ask(page.path, { method: 'PUT', headers: { 'if-match': '"v1~hr-br"' }, body: 'x' });
    expect(page.asked[0]?.headers['if-match']).toBe('"v1"');
  });

  test('names the bytes that a range is cut from', async () => {
    const page = html();
    await flow.ask(page.path, taking('br'));
    const whole = await hit(page.path, taking('br'));
    const part = await flow.ask(page.path, taking('br', { range: 'bytes=10-19', 'if-range': '"v1~hr-br"' }));
    expect([part.status, part.headers['content-encoding'], part.headers['content-range']]).toEqual([
      206,
      'br',
      `bytes 10-19/${whole.body.length}`,
    ]);
    expect(part.body.equals(whole.body.subarray(10, 20))).toBe(true);
    const other = await flow.ask(page.path, taking('br', { range: 'bytes=10-19', 'if-range': '"v1"' }));
    expect([other.status, other.body.equals(whole.body)]).toEqual([200, true]);
  });
});

test('a HEAD says what a GET would get', async () => {
  const page = html();
  await flow.ask(page.path, taking('br'));
  const got = await hit(page.path, taking('br'));
  const head = await flow.ask(page.path, { ...taking('br'), method: 'HEAD' });
  for (const name of ['content-length', 'content-encoding', 'etag', 'vary'])
    expect([name, head.headers[name]]).toEqual([name, got.headers[name]]);
});
