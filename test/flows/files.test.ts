import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Flow, startFlow } from './flow.ts';

let flow: Flow;

beforeAll(async () => {
  flow = await startFlow({
    config: {
      routes: [
        { match: '/*/assets/*', profile: 'static' },
        { match: '/*.css', ttl: '1h' },
      ],
    },
  });
});
afterAll(() => flow.stop());

const RELOAD = { headers: { 'cache-control': 'no-cache' } };

async function stored(file: string, headers: Record<string, string>) {
  const page = flow.origin.page({ headers, body: 'file' });
  const path = page.path + file;
  await flow.ask(path);
  return { path, page };
}

describe('a file with a hash in its name, under static', () => {
  test('lives long, whatever its origin says, and no reload reaches the origin', async () => {
    const headers = { 'content-type': 'text/javascript', 'cache-control': 'max-age=0' };
    const { path, page } = await stored('/assets/app-3f2a9c1e.js', headers);
    const reload = await flow.ask(path, RELOAD);
    expect(reload.cacheStatus).toMatch(/^hit; ttl=315\d{5};/);
    expect(page.asked).toHaveLength(1);
  });

  test('is not stored at all where the origin forbids it', async () => {
    const headers = { 'content-type': 'text/javascript', 'cache-control': 'no-store' };
    const { path } = await stored('/assets/app-3f2a9c1e.js', headers);
    expect((await flow.ask(path)).cacheStatus).toContain('detail=no-store');
  });

  test('that brings a page instead lives as its origin says', async () => {
    const { path } = await stored('/assets/app-3f2a9c1e.js', { 'content-type': 'text/html' });
    expect((await flow.ask(path)).cacheStatus).toContain('detail=no-freshness');
  });
});

describe('a route for style sheets', () => {
  test('gives them their lifetime', async () => {
    const { path } = await stored('/site.css', { 'content-type': 'text/css' });
    expect((await flow.ask(path)).cacheStatus).toMatch(/^hit; ttl=3(600|599);/);
  });

  test('keeps nobody’s account that was asked for under the name of one', async () => {
    const { path } = await stored('/account/x.css', { 'content-type': 'text/html' });
    expect((await flow.ask(path)).cacheStatus).toContain('detail=no-freshness');
  });
});
