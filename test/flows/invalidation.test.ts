import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from '../fakes/origin.ts';
import { type Flow, startFlow } from './flow.ts';

let flow: Flow;

beforeAll(async () => {
  flow = await startFlow();
});
afterAll(() => flow.stop());

const FRESH = { 'cache-control': 'max-age=60' };

/** Answers GET with a page, and any other method as told. */
function changing(status: number, headers: Record<string, string> = {}) {
  return flow.origin.page(({ method }, response) => {
    if (method === 'GET') response.writeHead(200, FRESH).end('page');
    else response.writeHead(status, headers).end('done');
  });
}

async function stored(page: Page, query = '') {
  await flow.ask(page.path + query);
  return page;
}
const isStored = async ({ path }: Page, query = '') =>
  (await flow.ask(path + query)).cacheStatus?.startsWith('hit');

describe('the URL of a change', () => {
  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'MKCOL', 'LOCK'])('by %s is asked for anew', async method => {
    const page = await stored(changing(204));
    await flow.ask(page.path, { method });
    expect(await isStored(page)).toBe(false);
  });

  test.each(['OPTIONS', 'QUERY', 'PROPFIND', 'REPORT', 'SEARCH'])(
    'by %s, which is safe, is not',
    async method => {
      const page = await stored(changing(200));
      await flow.ask(page.path, { method });
      expect(await isStored(page)).toBe(true);
    },
  );

  test('by PURGE, which anybody may send, is not', async () => {
    const page = await stored(changing(200));
    expect((await flow.ask(page.path, { method: 'PURGE' })).text).toBe('done');
    expect(await isStored(page)).toBe(true);
  });

  test.each([
    [201, false],
    [299, false],
    [303, false],
    [400, true],
    [404, true],
    [500, true],
  ])('answered by %i: still stored is %s', async (status, still) => {
    const page = await stored(changing(status));
    await flow.ask(page.path, { method: 'POST' });
    expect(await isStored(page)).toBe(still);
  });

  test('is this one: another query is another URL', async () => {
    const page = await stored(changing(200));
    await stored(page, '?a=1');
    await flow.ask(page.path, { method: 'POST' });
    expect(await isStored(page, '?a=1')).toBe(true);
  });
});

describe.each(['location', 'content-location'])('the URL that %s names', name => {
  test.each<[string, (path: string) => string]>([
    ['by its path', path => path],
    ['in full, by the client’s name for the site', path => flow.url + path],
    ['in full, by the origin’s name for itself', path => flow.origin.url + path],
    ['with a fragment', path => `${path}#part`],
  ])('%s is asked for anew', async (_, reference) => {
    const other = await stored(changing(200));
    await flow.ask(changing(201, { [name]: reference(other.path) }).path, { method: 'POST' });
    expect(await isStored(other)).toBe(false);
  });

  test('on another site is left alone, as is what an error names', async () => {
    const other = await stored(changing(200));
    await flow.ask(changing(201, { [name]: `http://elsewhere.example${other.path}` }).path, {
      method: 'POST',
    });
    await flow.ask(changing(409, { [name]: other.path }).path, { method: 'POST' });
    expect(await isStored(other)).toBe(true);
  });

  test('in the answer to a GET means nothing', async () => {
    const other = await stored(changing(200));
    const page = flow.origin.page({ headers: { [name]: other.path } });
    await flow.ask(page.path);
    expect(await isStored(other)).toBe(true);
  });
});

describe('a cache group', () => {
  const grouped = (groups: string) =>
    stored(flow.origin.page({ headers: { ...FRESH, 'cache-groups': groups }, body: 'page' }));

  test('that a change names goes with it, and no other', async () => {
    const [scripts, styles, neither] = await Promise.all(
      ['"scripts"', '"styles", "all"', '"Scripts"'].map(grouped),
    );
    await flow.ask(changing(200, { 'cache-group-invalidation': '"scripts", "all"' }).path, {
      method: 'POST',
    });
    expect(await Promise.all([scripts, styles, neither].map(page => isStored(page as Page)))).toEqual([
      false,
      false,
      true,
    ]);
  });

  test('is not invalidated by a safe method, nor by what is no list of strings', async () => {
    const page = await grouped('"safe"');
    const header = { 'cache-group-invalidation': '"safe"' };
    await flow.ask(flow.origin.page({ headers: header }).path);
    await flow.ask(changing(200, { 'cache-group-invalidation': 'safe' }).path, { method: 'POST' });
    expect(await isStored(page)).toBe(true);
  });

  test('is no tag: an administrator who purges a tag of its name purges nothing', async () => {
    const page = await grouped('"named"');
    expect((await flow.purge({ tags: ['named'] })).status).toBe(202);
    expect(await isStored(page)).toBe(true);
    expect((await flow.ask(page.path)).headers['cache-groups']).toBe('"named"');
  });
});

describe('the answer to a POST', () => {
  const posted = (headers: (path: string) => Record<string, string>, status = 200) => {
    const page = flow.origin.page(({ method }, response) => {
      const own = method === 'POST' ? headers(page.path) : FRESH;
      response.writeHead(method === 'POST' ? status : 200, own).end(`by ${method}`);
    });
    return page;
  };
  const post = {
    method: 'POST',
    body: 'x=1',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  };

  test('that is what a GET would get, and says for how long, answers the GETs after it', async () => {
    const page = posted(path => ({ ...FRESH, 'content-location': path }));
    await stored(page);
    const reply = await flow.ask(page.path, post);
    expect([reply.text, reply.cacheStatus]).toEqual(['by POST', 'fwd=method; stored']);
    expect(await flow.ask(page.path)).toMatchObject({
      text: 'by POST',
      cacheStatus: expect.stringMatching(/^hit/),
    });
    await flow.ask(page.path, post);
    expect(page.asked.map(({ method }) => method)).toEqual(['GET', 'POST', 'POST']);
  });

  test.each<[string, (path: string) => Record<string, string>, number]>([
    ['names no URL', () => FRESH, 200],
    ['names another URL', path => ({ ...FRESH, 'content-location': `${path}/other` }), 200],
    ['does not say for how long', path => ({ 'content-location': path }), 200],
    ['is not the page', path => ({ ...FRESH, 'content-location': path }), 201],
    ['is private', path => ({ 'cache-control': 'private, max-age=60', 'content-location': path }), 200],
    ['brings a cookie', path => ({ ...FRESH, 'content-location': path, 'set-cookie': 'a=1' }), 200],
  ])('that %s does not', async (_, headers, status) => {
    const page = posted(headers, status);
    expect((await flow.ask(page.path, post)).cacheStatus).toBe('fwd=method');
    expect((await flow.ask(page.path)).text).toBe('by GET');
  });

  test('does not where an unknown header may have shaped it', async () => {
    const page = posted(path => ({ ...FRESH, 'content-location': path }));
    await flow.ask(page.path, { ...post, headers: { ...post.headers, 'x-strange': '1' } });
    expect((await flow.ask(page.path)).text).toBe('by GET');
  });
});
