/**
 * The same Worker in Miniflare, which is what `wrangler dev` runs: the flow that matters, its sockets direct, so that
 * nothing imitates Cloudflare's edge in between.
 */

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Origin, startOrigin } from '../fakes/origin.ts';
import { ask } from './ask.ts';
import { bundleWith } from './bundle-with.ts';
import { ADMIN_TOKEN, purgeAt } from './flow.ts';

let folder: string;
let origin: Origin;
let miniflare: Miniflare;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headrace-miniflare-'));
  origin = await startOrigin();
  const bundle = await bundleWith({}, join(folder, 'worker.js'));
  miniflare = new Miniflare(
    convertV4MiniflareOptions({
      name: 'edge',
      modules: true,
      script: await readFile(bundle, 'utf8'),
      compatibilityDate: '2026-07-30',
      compatibilityFlags: ['nodejs_compat'],
      bindings: { ORIGIN_URL: origin.url, ADMIN_TOKEN },
      unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
      cf: false,
    }),
  );
  url = (await miniflare.unsafeGetDirectURL('edge')).href;
});
afterAll(async () => {
  await miniflare.dispose();
  await origin.stop();
  await rm(folder, { recursive: true });
});

test('a coded page is a miss, then a hit byte for byte, then gone by a purge', async () => {
  const body = gzipSync('page '.repeat(1_000));
  const headers = {
    'cache-control': 'max-age=60',
    'content-encoding': 'gzip',
    'surrogate-key': 'a',
    etag: '"v1"',
  };
  const page = origin.page({ headers, body });
  const get = (more = {}) => ask(url, page.path, { headers: { 'accept-encoding': 'gzip', ...more } });
  const [miss, hit] = [await get(), await get()];
  expect([miss.cacheStatus, hit.cacheStatus]).toEqual([
    'fwd=uri-miss; fwd-status=200; stored',
    expect.stringMatching(/^hit/),
  ]);
  expect([miss.body.equals(body), hit.body.equals(body)]).toEqual([true, true]);
  expect((await get({ 'if-none-match': '"v1"' })).status).toBe(304);
  expect((await purgeAt(url, { tags: ['a'] })).status).toBe(202);
  expect((await get()).cacheStatus).toContain('uri-miss');
});

test('is healthy', async () => {
  expect(JSON.parse((await ask(url, '/api/performance/health')).text)).toMatchObject({ status: 'healthy' });
});
