import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Flow, startFlow } from './flow.ts';

let flow: Flow;

beforeAll(async () => {
  flow = await startFlow({
    config: {
      serverTiming: true,
      routes: [
        {
          match: '/page-*/hard',
          headers: { security: true, response: { 'X-Robots-Tag': 'noindex', 'Cache-Control': 'private' } },
        },
      ],
    },
  });
});
afterAll(() => flow.stop());

describe('a route’s headers', () => {
  test('reach the client on a miss, a hit and a passed request, and never overrule the origin', async () => {
    const page = flow.origin.page({
      headers: { 'cache-control': 'max-age=60', 'x-frame-options': 'DENY', etag: '"a"' },
      body: 'page',
    });
    for (const method of ['GET', 'GET', 'POST']) {
      const { headers } = await flow.ask(`${page.path}/hard`, { method });
      expect(headers).toMatchObject({
        'cache-control': 'max-age=60',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'x-robots-tag': 'noindex',
      });
      expect(headers['content-security-policy'] ?? headers['strict-transport-security']).toBeUndefined();
    }
    const fresh = await flow.ask(`${page.path}/hard`);
    expect(fresh.status).toBe(200);
    const { status, headers } = await flow.ask(`${page.path}/hard`, { headers: { 'if-none-match': '"a"' } });
    expect([status, headers['x-frame-options'], headers['x-robots-tag']]).toEqual([304, 'DENY', undefined]);
  });

  test('are no one else’s', async () => {
    const page = flow.origin.page({ body: 'page' });
    const { headers } = await flow.ask(page.path);
    expect([headers['x-content-type-options'], headers['x-robots-tag']]).toEqual([undefined, undefined]);
  });
});

describe('Server-Timing', () => {
  test('tells what the cache and the origin took', async () => {
    const page = flow.origin.page({ headers: { 'cache-control': 'max-age=60' }, body: 'page' });
    expect((await flow.ask(page.path)).headers['server-timing']).toMatch(/^lookup;dur=\d+, origin;dur=\d+$/);
    expect((await flow.ask(page.path)).headers['server-timing']).toMatch(/^lookup;dur=\d+$/);
    expect((await flow.ask(page.path, { method: 'POST' })).headers['server-timing']).toMatch(
      /^origin;dur=\d+$/,
    );
  });

  test('is off unless it is wanted', async () => {
    const quiet = await startFlow();
    const page = quiet.origin.page({ body: 'page' });
    expect((await quiet.ask(page.path)).headers['server-timing']).toBeUndefined();
    await quiet.stop();
  });
});
