import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { workerBundle } from '../../infra/local/edge/bundle.ts';
import { type Edge, startEdge } from '../../infra/local/edge/start.ts';
import { eventually } from '../eventually.ts';
import { ask as askAt } from './ask.ts';

let folder: string;
let edge: Edge;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headrace-hono-'));
  const worker = join(folder, 'worker.js');
  await build({ ...workerBundle, entryPoints: [join(import.meta.dirname, 'hono-app.ts')], outfile: worker });
  edge = await startEdge({ worker, port: 0, host: '127.0.0.1', variables: {} });
});
afterAll(async () => {
  await edge.stop();
  await rm(folder, { recursive: true });
});

const ask = (path: string, headers: Record<string, string> = {}, method = 'GET', body?: string) =>
  askAt(edge.url, path, { headers, method, ...(body !== undefined && { body }) });

test('a handler runs once; what it answered is stored compressed, conditional, and purged by tag', async () => {
  const accept = { 'accept-encoding': 'br' };
  expect((await ask('/products/1', accept)).cacheStatus).toBe('fwd=uri-miss; fwd-status=200; stored');
  const hit = await eventually(async () => {
    const reply = await ask('/products/1', accept);
    expect(reply.cacheStatus).toMatch(/^hit; ttl=(60|59); detail=L1$/);
    return reply;
  });
  expect(hit.headers).toMatchObject({
    'content-encoding': 'br',
    'cache-control': 'max-age=60',
    'x-content-type-options': 'nosniff',
  });
  expect(JSON.parse(brotliDecompressSync(hit.body).toString())).toMatchObject({ id: '1' });
  const tag = String(hit.headers.etag);
  expect((await ask('/products/1', { ...accept, 'if-none-match': tag })).status).toBe(304);
  expect((await ask('/purge', {}, 'POST')).status).toBe(204);
  expect((await ask('/products/1', accept)).cacheStatus).toContain('fwd=vary-miss');
});

test('what a handler tells wins', async () => {
  const reply = await ask('/products/flash');
  expect(reply.headers['cache-control']).toBe('max-age=5');
});

test('what is private runs for each', async () => {
  const [first, second] = [await ask('/me'), await ask('/me')];
  expect(first.cacheStatus).toContain('detail=private');
  expect(second.text).not.toBe(first.text);
});

test('a stale answer is refreshed behind the client’s back', async () => {
  const first = await ask('/prices');
  await eventually(async () => expect((await ask('/prices')).cacheStatus).toMatch(/^hit/));
  await eventually(async () => {
    const later = await ask('/prices');
    expect(later.cacheStatus).toMatch(/^hit/);
    expect(later.text).not.toBe(first.text);
  });
});

test('uploads reach their handler, and slow handlers are not waited for', async () => {
  expect((await ask('/products/1', {}, 'POST', 'hello')).text).toBe('took hello');
  expect((await ask('/slow')).status).toBe(504);
});
