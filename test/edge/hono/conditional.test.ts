import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { conditional } from '../../../edge/hono/conditional.ts';

function appWith(body: string | ReadableStream, headers: Record<string, string> = {}, status = 200) {
  const app = new Hono();
  app.use('*', conditional());
  app.all('*', () => new Response(body, { status, headers }));
  return (conditions: Record<string, string> = {}, method = 'GET') =>
    app.request('/', { method, headers: conditions });
}

describe('a response with validators of its own', () => {
  const ask = appWith('a', { etag: 'W/"v1"', 'last-modified': 'Thu, 01 Oct 2026 10:00:00 GMT' });

  test.each([
    ['no condition', {}, 200],
    ['the tag', { 'if-none-match': '"v1"' }, 304],
    ['one of the tags', { 'if-none-match': '"v0", W/"v1"' }, 304],
    ['another tag', { 'if-none-match': '"v2"' }, 200],
    ['the date', { 'if-modified-since': 'Thu, 01 Oct 2026 10:00:00 GMT' }, 304],
    [
      'another tag and the date',
      { 'if-none-match': '"v2"', 'if-modified-since': 'Thu, 01 Oct 2026 10:00:00 GMT' },
      200,
    ],
  ])('to %s', async (_, conditions, status) => {
    const response = await ask(conditions as Record<string, string>);
    expect([response.status, response.headers.get('etag')]).toEqual([status, 'W/"v1"']);
    expect(await response.text()).toBe(status === 304 ? '' : 'a');
  });

  test('to another method is left alone', async () => {
    expect((await ask({ 'if-none-match': '"v1"' }, 'POST')).status).toBe(200);
  });
});

describe('a response without', () => {
  test('gets a tag of its bytes', async () => {
    const tag = (await appWith('a')()).headers.get('etag') ?? '';
    expect(tag).toBe('"ca978112ca1bbdcafac231b39a23dc4d"');
    expect((await appWith('a')({ 'if-none-match': tag })).status).toBe(304);
    expect((await appWith('b')({ 'if-none-match': tag })).status).toBe(200);
  });

  test('is left alone when it is an event stream or an error', async () => {
    const events = appWith(new ReadableStream(), { 'content-type': 'text/event-stream; charset=utf-8' });
    expect((await events()).headers.has('etag')).toBe(false);
    expect((await appWith('no', {}, 404)()).headers.has('etag')).toBe(false);
  });
});
