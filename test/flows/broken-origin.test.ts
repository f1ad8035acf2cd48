import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Edge } from '../../infra/local/edge/start.ts';
import { type Behaviour, raw } from '../fakes/origin.ts';
import { ask } from './ask.ts';
import { type Flow, startFlow } from './flow.ts';

const TIMEOUT_MS = 300;
/** What it would take if the setting were not heeded; the limit itself is tested beside a clock. */
const DEFAULT_TIMEOUT_MS = 10_000;
let flow: Flow;
let hasty: Edge;

beforeAll(async () => {
  flow = await startFlow({ config: { limits: { maxBodyBytes: 1_000_000 } } });
  hasty = await flow.another({ ORIGIN_TIMEOUT_MS: String(TIMEOUT_MS) });
});
afterAll(() => flow.stop());

const CACHED = 'HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Type: text/plain\r\n';

describe('a body that breaks off', () => {
  const half = (ending: 'end' | 'reset', length: string): Behaviour =>
    raw(`${CACHED}${length}\r\n${'x'.repeat(1_000)}`, ending);

  test.each([
    ['before its declared length', half('end', 'Content-Length: 2000\r\n')],
    ['by a reset', half('reset', 'Content-Length: 2000\r\n')],
  ])('%s is seen to be broken by the client', async (_, behaviour) => {
    expect((await flow.ask(flow.origin.page(behaviour).path)).whole).toBe(false);
  });

  // workerd ends a chunked response properly even when its body failed, so here the client cannot tell.
  test.each([
    ['before its declared length', half('end', 'Content-Length: 2000\r\n')],
    ['by a reset', half('reset', 'Content-Length: 2000\r\n')],
    [
      'in the middle of a chunk',
      raw(`${CACHED}Transfer-Encoding: chunked\r\n\r\n7d0\r\n${'x'.repeat(1_000)}`),
    ],
    ['between two chunks', raw(`${CACHED}Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n`)],
  ])('%s is never stored', async (_, behaviour) => {
    const page = flow.origin.page(behaviour);
    await flow.ask(page.path);
    page.becomes({ body: 'whole' });
    expect(await flow.ask(page.path)).toMatchObject({ text: 'whole', whole: true });
  });

  test('leaves a good copy in the cache', async () => {
    const page = flow.origin.page({
      headers: { 'cache-control': 'max-age=60, stale-if-error=60', age: '60', etag: '"v1"' },
      body: 'good',
    });
    await flow.ask(page.path);
    page.becomes(half('reset', 'Content-Length: 2000\r\n'));
    expect((await flow.ask(page.path)).whole).toBe(false);
    page.becomes({ status: 503 });
    expect((await flow.ask(page.path)).text).toBe('good');
  });

  test('and stops in the middle does not hold the client for ever', async () => {
    const page = flow.origin.page(raw(`${CACHED}Content-Length: 2000\r\n\r\nhalf`, 'open'));
    const startedAt = performance.now();
    expect((await ask(hasty.url, page.path)).whole).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(DEFAULT_TIMEOUT_MS);
  });
});

test('a Content-Length beside Transfer-Encoding is overridden by it, and the whole body stored', async () => {
  const both = `${CACHED}Content-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n`;
  const page = flow.origin.page(raw(`${both}5\r\nwhole\r\n0\r\n\r\n`));
  expect(await flow.ask(page.path)).toMatchObject({ text: 'whole', whole: true });
  page.becomes({ status: 500 });
  expect(await flow.ask(page.path)).toMatchObject({ status: 200, text: 'whole', whole: true });
});

describe('an origin that gives no answer', () => {
  test.each([
    ['reset', raw('', 'reset')],
    ['closed', raw('', 'end')],
    ['not HTTP', raw('SSH-2.0-OpenSSH\r\n\r\n')],
  ])('%s is 502, asked twice at most', async (_, behaviour) => {
    const page = flow.origin.page(behaviour);
    const reply = await flow.ask(page.path);
    expect(JSON.parse(reply.text)).toMatchObject({ status: 502, code: 'ORIGIN_UNREACHABLE' });
    expect(reply.headers).toMatchObject({
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
    });
    expect(reply.cacheStatus).toBe('fwd=uri-miss');
    expect(page.asked.length).toBeLessThanOrEqual(2);
  });

  test('is asked once more when the first connection was dead, but never for a POST', async () => {
    const once = (): Behaviour => {
      let asked = 0;
      return (request, response) => {
        if (asked++ === 0) request.socket.resetAndDestroy();
        else response.end('second');
      };
    };
    expect(await flow.ask(flow.origin.page(once()).path)).toMatchObject({ status: 200, text: 'second' });
    const posted = flow.origin.page(once());
    expect((await flow.ask(posted.path, { method: 'POST', body: 'x' })).status).toBe(502);
    expect(posted.asked).toHaveLength(1);
  });

  test.each(['GET', 'POST'])('in time is 504 within the limit, by %s', async method => {
    const page = flow.origin.page(() => {});
    const startedAt = performance.now();
    const reply = await ask(hasty.url, page.path, { method });
    expect([reply.status, JSON.parse(reply.text).code]).toEqual([504, 'ORIGIN_TIMEOUT']);
    expect(performance.now() - startedAt).toBeLessThan(DEFAULT_TIMEOUT_MS);
  });

  test('because nobody listens is 502', async () => {
    const edge = await flow.another({ ORIGIN_URL: 'http://127.0.0.1:1' });
    const reply = await fetch(`${edge.url}/page`);
    expect([reply.status, (await reply.json()) as object]).toMatchObject([
      502,
      { code: 'ORIGIN_UNREACHABLE' },
    ]);
  });
});

test('bytes past the declared length are no part of the page', async () => {
  // An edge of its own: workerd takes them for the next answer on the connection.
  const { url } = await flow.another();
  const page = flow.origin.page(raw(`${CACHED}Content-Length: 4\r\n\r\npage and more`));
  for (const _ of ['miss', 'hit'])
    expect(await ask(url, page.path)).toMatchObject({ text: 'page', whole: true });
  expect(page.asked).toHaveLength(1);
});

describe('an answer that cannot be passed on', () => {
  test.each([
    [
      'an interim one',
      raw(
        'HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Length: 2\r\n\r\nok',
      ),
    ],
    [
      'a status nobody knows',
      raw('HTTP/1.1 999 Request Denied\r\nCache-Control: max-age=60\r\nContent-Length: 2\r\n\r\nno'),
    ],
  ])('%s is 502 and asked for once', async (_, behaviour) => {
    const page = flow.origin.page(behaviour);
    const reply = await flow.ask(page.path);
    expect([reply.status, JSON.parse(reply.text).code]).toEqual([502, 'ORIGIN_ANSWER_INVALID']);
    expect(page.asked).toHaveLength(1);
  });
});

describe('a body over the limit', () => {
  const big = 'x'.repeat(1_500_000);

  test.each([
    ['with a declared length', { 'content-length': String(big.length) }],
    ['without', {}],
  ])('%s reaches the client whole and is not stored', async (_, headers) => {
    const page = flow.origin.page({ headers: { 'cache-control': 'max-age=60', ...headers }, body: big });
    for (const _ of [1, 2]) {
      const reply = await flow.ask(page.path);
      expect([reply.text.length, reply.whole]).toEqual([big.length, true]);
    }
    expect(page.asked).toHaveLength(2);
  });

  test('with a declared length says so at once', async () => {
    const page = flow.origin.page({
      headers: { 'cache-control': 'max-age=60', 'content-length': String(big.length) },
      body: big,
    });
    expect((await flow.ask(page.path)).cacheStatus).toBe('fwd=uri-miss; fwd-status=200; detail=body-size');
  });
});

test('the log names no one’s secrets', () => {
  expect(flow.printed()).not.toMatch(/token|cookie|authorization/i);
});
