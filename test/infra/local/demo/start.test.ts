import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Demo, startDemo } from '../../../../infra/local/demo/start.ts';
import { startDatabase, type TestDatabase } from './shop.ts';

let database: TestDatabase;
let demo: Demo;

beforeAll(async () => {
  database = await startDatabase();
  demo = await startDemo({ databaseUrl: database.url, products: 50 });
});

afterAll(async () => {
  await demo.stop();
  await database.stop();
});

test('answers from a process of its own', async () => {
  expect((await fetch(`${demo.url}/products/1`)).status).toBe(200);
  expect(demo.pid).not.toBe(process.pid);
});

test('answers HEAD without a body', async () => {
  const response = await fetch(`${demo.url}/products/1`, { method: 'HEAD' });
  expect(response.headers.get('cache-tag')).toBe('product-1, products');
  expect(await response.text()).toBe('');
});

test('sends neither a validator nor a coding', async () => {
  const { headers } = await fetch(`${demo.url}/categories/kitchen`, {
    headers: { 'accept-encoding': 'gzip, br' },
  });
  expect(headers.has('etag')).toBe(false);
  expect(headers.has('content-encoding')).toBe(false);
});

test('streams events as they come, until the client leaves', async () => {
  const response = await fetch(`${demo.url}/clock`);
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const reader = response.body?.getReader();
  const first = await reader?.read();
  expect(new TextDecoder().decode(first?.value)).toMatch(/^event: second\ndata: \d{4}-/);
  await reader?.cancel();
});

test('echoes what it has before the rest is sent', async () => {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const sending = request(`${demo.url}/echo`, { method: 'POST' }, response => {
    response.setEncoding('utf8').once('data', chunk => {
      resolve(chunk);
      sending.end();
    });
  }).on('error', reject);
  sending.write('first');
  expect(await promise).toBe('first');
});

test('says why it did not start', async () => {
  const unreachable = startDemo({ databaseUrl: 'postgres://nobody@127.0.0.1:1/none' });
  await expect(unreachable).rejects.toMatchObject({
    exitCode: 1,
    message: expect.stringMatching(/^The demo origin did not start \(.*ECONNREFUSED.*\); set ORIGIN_URL/),
  });
});

test('stops, with an event stream still open', async () => {
  const other = await startDemo({ databaseUrl: database.url, products: 50 });
  const reader = (await fetch(`${other.url}/clock`)).body?.getReader();
  await reader?.read();
  await other.stop();
  await expect(fetch(other.url)).rejects.toThrow();
});
