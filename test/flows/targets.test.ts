import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sendRaw } from './ask.ts';
import { type Flow, startFlow } from './flow.ts';

let flow: Flow;

beforeAll(async () => {
  flow = await startFlow();
});
afterAll(() => flow.stop());

const cached = () => flow.origin.page({ headers: { 'cache-control': 'max-age=60' }, body: 'page' });

async function get(target: string, host = new URL(flow.url).host): Promise<string> {
  return sendRaw(flow.url, `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
}

const isHit = (answer: string) => /cache-status: Headrace; hit/i.test(answer);

describe('a path', () => {
  test('with dot segments is keyed as it is forwarded', async () => {
    const page = cached();
    await get(`/../x/./..${page.path}`);
    expect(page.asked.map(({ url }) => url)).toEqual([page.path]);
    expect(isHit(await get(page.path))).toBe(true);
  });

  test.each(['/x/%2e%2E', '/x\\..', '/%00', '/%0d%0aX-Evil:%201', '/%c0%ae', '/a%2F..%2Fb'])(
    'that programs read differently is refused: %s',
    async trick => {
      const page = cached();
      const answer = await get(trick + page.path);
      expect(answer).toMatch(/^HTTP\/1\.1 400 [\s\S]*"code":"REQUEST_TARGET_AMBIGUOUS"/);
      expect(page.asked).toEqual([]);
    },
  );

  test.each(['a%2Fb', '%5c', ';a=b', "'", '%41', '%', 'a//b', '%E9'])(
    'with %s reaches the origin byte for byte',
    async text => {
      const page = cached();
      await get(`${page.path}/${text}`);
      expect(page.asked.map(({ url }) => url)).toEqual([`${page.path}/${text}`]);
      expect(isHit(await get(page.path))).toBe(false);
    },
  );

  test('that begins with two slashes names no other host', async () => {
    const page = cached();
    expect(await get(`/${page.path}`)).toContain('200 OK');
    expect(page.asked[0]).toMatchObject({ url: `/${page.path}`, headers: { host: flow.origin.host } });
  });

  test('that differs in case is another one', async () => {
    const page = cached();
    await get(`${page.path}/A`);
    expect(isHit(await get(`${page.path}/a`))).toBe(false);
  });

  test('that is very long passes, and nothing is kept under it', async () => {
    const page = cached();
    const long = `${page.path}?${'q'.repeat(9_000)}`;
    const reply = await flow.ask(long);
    expect([reply.status, reply.cacheStatus]).toEqual([200, 'fwd=bypass; detail=url-length']);
    expect(page.asked[0]?.url).toBe(long);
  });

  test.each(['CONNECT evil.example:80', 'GET http://evil.example/', 'GET evil'])(
    'that is none is refused: %s',
    async line => {
      const before = flow.origin.asked.length;
      const answer = await sendRaw(
        flow.url,
        `${line} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 [45]\d\d /);
      expect(flow.origin.asked.length).toBe(before);
    },
  );
});

describe('the body of a GET', () => {
  test('is in no key and goes nowhere', async () => {
    const page = cached();
    const fat = `Content-Length: 5\r\n\r\nhello`;
    const { host } = new URL(flow.url);
    const answer = await sendRaw(
      flow.url,
      `GET ${page.path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n${fat}`,
    );
    expect(answer).toContain('200 OK');
    expect(Object.keys(page.asked[0]?.headers ?? {})).not.toContain('content-length');
    expect(isHit(await get(page.path))).toBe(true);
  });
});

describe('Host', () => {
  test('is part of the key, so that no one writes into another’s pages', async () => {
    const page = cached();
    await get(page.path, 'evil.example');
    expect(isHit(await get(page.path, 'shop.example'))).toBe(false);
  });

  test('in capitals and with the default port is the same', async () => {
    const page = cached();
    await get(page.path, 'shop.example');
    expect(isHit(await get(page.path, 'SHOP.example:80'))).toBe(true);
    expect(isHit(await get(page.path, 'shop.example:8080'))).toBe(false);
  });

  test.each(['evil.example/path?', 'a@b', 'a b', ''])('that is none is refused: %j', async host => {
    const before = flow.origin.asked.length;
    expect(await get('/page-1', host)).toMatch(/^HTTP\/1\.1 [45]\d\d /);
    expect(flow.origin.asked.length).toBe(before);
  });
});
