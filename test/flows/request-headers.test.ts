import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sendRaw } from './ask.ts';
import { type Flow, startFlow } from './flow.ts';

let flow: Flow;

beforeAll(async () => {
  flow = await startFlow({
    variables: { FORWARD_HEADERS: 'X-App-Version, X-Forwarded-Proto' },
    config: {
      routes: [{ match: '/page-1', headers: { forward: ['X-Route'] }, key: { headers: ['X-Shop'] } }],
    },
  });
});
afterAll(() => flow.stop());

const cached = () => flow.origin.page({ headers: { 'cache-control': 'max-age=60' }, body: 'page' });

/** The one route of the configuration: the first page. */
const routed = cached;

describe('what a route or a setting names', () => {
  test('is forwarded, and the answer is stored; what it keys tells answers apart', async () => {
    const page = routed();
    expect(page.path).toBe('/page-1');
    const headers = { 'x-route': '1', 'x-app-version': '2', 'x-shop': 'at' };
    expect((await flow.ask(page.path, { headers })).cacheStatus).toContain('stored');
    expect(page.asked[0]?.headers).toMatchObject(headers);
    expect((await flow.ask(page.path, { headers: { ...headers, 'x-route': '9' } })).cacheStatus).toMatch(
      /^hit/,
    );
    expect((await flow.ask(page.path, { headers: { 'x-shop': 'de' } })).cacheStatus).toContain('vary-miss');
  });

  test('may be a field that Headrace would else write itself, set by whoever stands in front', async () => {
    const page = cached();
    await flow.ask(page.path, { headers: { 'x-forwarded-proto': 'https' } });
    await flow.ask(page.path, { method: 'POST', headers: { 'x-forwarded-proto': 'https' } });
    expect(page.asked.map(({ headers }) => headers['x-forwarded-proto'])).toEqual(['https', 'https']);
  });
});

describe('an unknown request header', () => {
  test('is forwarded, its answer not stored, and Cache-Status says why', async () => {
    const page = cached();
    const reply = await flow.ask(page.path, { headers: { 'x-strange': '<script>' } });
    expect(reply.cacheStatus).toBe('fwd=uri-miss; fwd-status=200; detail=header');
    expect(page.asked[0]?.headers['x-strange']).toBe('<script>');
    expect((await flow.ask(page.path)).cacheStatus).toContain('fwd=uri-miss');
  });

  test('is not answered from the cache: its answer might be another', async () => {
    const page = cached();
    await flow.ask(page.path);
    const reply = await flow.ask(page.path, { headers: { 'x-strange': '1' } });
    expect(reply.cacheStatus).toBe('fwd=bypass; fwd-status=200; detail=header');
    expect(page.asked).toHaveLength(2);
  });

  test('that the response names in Vary is part of the key', async () => {
    const page = flow.origin.page({
      headers: { 'cache-control': 'max-age=60', vary: 'X-Strange' },
      body: 'page',
    });
    expect((await flow.ask(page.path, { headers: { 'x-strange': '1' } })).cacheStatus).toContain('stored');
    expect((await flow.ask(page.path, { headers: { 'x-strange': '1' } })).cacheStatus).toMatch(/^hit/);
  });
});

describe('Accept, by which many origins answer without saying so', () => {
  const byAccept = () =>
    flow.origin.page((incoming, response) => {
      response.writeHead(200, { 'cache-control': 'max-age=60' });
      response.end(`for ${incoming.headers.accept}`);
    });
  const ask = (path: string, accept: string) => flow.ask(path, { headers: { accept } });

  test('who wants JSON first gets what others who want it got, and nobody else does', async () => {
    const page = byAccept();
    expect((await ask(page.path, 'application/json')).cacheStatus).toContain('stored');
    expect((await ask(page.path, 'text/html,*/*;q=0.8')).text).toBe('for text/html,*/*;q=0.8');
    expect((await ask(page.path, '*/*')).text).toBe('for text/html,*/*;q=0.8');
    expect((await ask(page.path, 'application/json, text/plain, */*')).text).toBe('for application/json');
    await flow.purge({ urls: [page.path] });
    expect((await ask(page.path, 'application/json')).cacheStatus).toContain('miss');
  });

  test('no words of a client’s own get into what others are given', async () => {
    const page = byAccept();
    const reply = await ask(page.path, 'evil/marker, */*');
    expect(reply.cacheStatus).toContain('detail=header');
    expect((await ask(page.path, '*/*')).text).toBe('for */*');
  });
});

test('words of a client’s own in Cache-Control go nowhere, so its answer is stored like any other', async () => {
  const page = cached();
  const headers = { 'cache-control': 'max-age=60, evil' };
  expect((await flow.ask(page.path, { headers })).cacheStatus).toContain('stored');
  expect(page.asked[0]?.headers['cache-control']).toBe('max-age=60');
  expect((await flow.ask(page.path, { headers: { 'cache-control': 'evil' } })).cacheStatus).toMatch(/^hit/);
});

test('a request that is only passed on keeps them', async () => {
  const page = cached();
  await flow.ask(page.path, { method: 'POST', headers: { 'cache-control': 'evil' } });
  expect(page.asked[0]?.headers['cache-control']).toBe('evil');
});

const EVIL = {
  forwarded: 'host=evil',
  'x-forwarded-host': 'evil',
  'x-forwarded-for': '6.6.6.6',
  'x-forwarded-prefix': '/evil',
  'x-real-ip': '6.6.6.6',
  'x-original-url': '/admin',
  'x-rewrite-url': '/admin',
  'x-http-method-override': 'DELETE',
  'x-middleware-subrequest': 'middleware',
  x_forwarded_host: 'evil',
  'x.forwarded.host': 'evil',
};

describe('a name by which a client could speak for a proxy', () => {
  test.each(['GET', 'POST'])(
    'never reaches the origin by %s, and does not keep the answer from the cache',
    async method => {
      const page = cached();
      const reply = await flow.ask(page.path, { method, headers: EVIL });
      expect(reply.status).toBe(200);
      if (method === 'GET') expect(reply.cacheStatus).toContain('stored');
      expect(JSON.stringify(page.asked[0]?.rawHeaders)).not.toMatch(
        /evil|6\.6\.6\.6|admin|DELETE|middleware/,
      );
    },
  );

  test.each(['GET', 'POST'])('is written by Headrace itself, from facts, by %s', async method => {
    const page = cached();
    await flow.ask(page.path, { method, headers: { host: 'shop.example', 'x-forwarded-host': 'evil' } });
    expect(page.asked[0]?.headers).toMatchObject({
      host: flow.origin.host,
      'x-forwarded-host': 'shop.example',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
    });
  });
});

test('what browsers add to every request stays here', async () => {
  const page = cached();
  const noise = {
    'sec-fetch-mode': 'navigate',
    'sec-ch-ua': '"x"',
    dnt: '1',
    priority: 'u=0',
    'user-agent': 'Mozilla',
    referer: 'http://a/',
  };
  expect((await flow.ask(page.path, { headers: noise })).cacheStatus).toContain('stored');
  expect(Object.keys(page.asked[0]?.headers ?? {})).not.toEqual(expect.arrayContaining(['dnt']));
  expect((await flow.ask(page.path)).cacheStatus).toMatch(/^hit/);
});

test('what a browser adds passes with any other method', async () => {
  const page = cached();
  await flow.ask(page.path, {
    method: 'POST',
    headers: { 'user-agent': 'Mozilla', origin: 'http://a', 'x-strange': '1' },
  });
  expect(page.asked[0]?.headers).toMatchObject({
    'user-agent': 'Mozilla',
    origin: 'http://a',
    'x-strange': '1',
  });
});

describe('the fields of one connection', () => {
  const hop =
    'Connection: close, X-Own\r\nX-Own: 1\r\nKeep-Alive: timeout=5\r\nProxy-Authorization: Basic eDp5\r\nTE: trailers\r\n';

  test.each(['GET', 'POST'])(
    'do not reach the origin, also those that Connection names, by %s',
    async method => {
      const page = cached();
      const { host } = new URL(flow.url);
      const answer = await sendRaw(
        flow.url,
        `${method} ${page.path} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 0\r\n${hop}\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 200/);
      const names = Object.keys(page.asked[0]?.headers ?? {});
      for (const name of ['x-own', 'keep-alive', 'proxy-authorization', 'te'])
        expect(names).not.toContain(name);
    },
  );

  test('do not reach the client, nor the cache', async () => {
    const headers = {
      connection: 'X-Own',
      'x-own': '1',
      'proxy-authenticate': 'Basic',
      'keep-alive': 'timeout=9',
      'cache-control': 'max-age=60',
    };
    const page = flow.origin.page({ headers, body: 'page' });
    for (const reply of [
      await flow.ask(page.path),
      await flow.ask(page.path),
      await flow.ask(page.path, { method: 'POST' }),
    ]) {
      expect(Object.keys(reply.headers)).not.toEqual(expect.arrayContaining(['x-own']));
      expect(Object.keys(reply.headers)).not.toEqual(expect.arrayContaining(['proxy-authenticate']));
    }
  });
});

test('the tags of a response are for Headrace alone', async () => {
  const page = flow.origin.page({
    headers: { 'cache-control': 'max-age=60', 'surrogate-key': 'a b', 'cache-tag': 'c' },
  });
  for (const reply of [
    await flow.ask(page.path),
    await flow.ask(page.path),
    await flow.ask(page.path, { method: 'POST' }),
  ]) {
    expect(reply.headers).not.toHaveProperty('surrogate-key');
    expect(reply.headers).not.toHaveProperty('cache-tag');
  }
});

test('more header bytes than the limit are refused with 431', async () => {
  const page = cached();
  const reply = await flow.ask(page.path, { headers: { 'x-big': 'x'.repeat(17_000) } });
  expect([reply.status, JSON.parse(reply.text).code]).toEqual([431, 'REQUEST_HEADERS_TOO_LARGE']);
  expect(page.asked).toEqual([]);
});

test('text beyond ASCII in a field passes unharmed', async () => {
  const name = Buffer.from('filename="é.txt"').toString('latin1');
  const page = flow.origin.page({ headers: { 'cache-control': 'max-age=60', 'content-disposition': name } });
  expect((await flow.ask(page.path)).headers['content-disposition']).toBe(name);
  expect((await flow.ask(page.path)).headers['content-disposition']).toBe(name);
});
