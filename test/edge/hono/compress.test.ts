import { brotliDecompressSync } from 'node:zlib';
import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { compress } from '../../../edge/hono/compress.ts';
import { conditional } from '../../../edge/hono/conditional.ts';

const TEXT = Array.from({ length: 400 }, (_, i) => `word ${(i * 7_919) % 1_000}`).join(' ');

function ask(body: string | ReadableStream, headers: Record<string, string>, accepted = 'br, gzip') {
  const app = new Hono();
  app.use('*', conditional());
  app.use('*', compress());
  app.get('*', () => new Response(body, { headers }));
  return (more: Record<string, string> = {}) =>
    app.request('/', { headers: { 'accept-encoding': accepted, ...more } });
}

const text = { 'content-type': 'text/plain', etag: '"v1"' };

describe('compress()', () => {
  test('takes the coding that the client takes, and says so', async () => {
    const response = await ask(TEXT, text)();
    const { headers } = response;
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(brotliDecompressSync(bytes).toString()).toBe(TEXT);
    expect([headers.get('content-encoding'), headers.get('vary')]).toEqual(['br', 'Accept-Encoding']);
    expect(headers.get('content-length')).toBe(String(bytes.byteLength));
    expect(headers.get('etag')).not.toBe('"v1"');
  });

  test('is known again by the tag of what was sent', async () => {
    const again = ask(TEXT, text);
    const tag = (await again()).headers.get('etag') ?? '';
    expect((await again({ 'if-none-match': tag })).status).toBe(304);
  });

  test('tells who takes no coding that others may', async () => {
    const response = await ask(TEXT, text, 'identity')();
    expect([await response.text(), response.headers.get('vary')]).toEqual([TEXT, 'Accept-Encoding']);
  });

  test.each([
    ['too short', 'short', text],
    ['an image', TEXT, { 'content-type': 'image/png' }],
    ['encoded already', TEXT, { ...text, 'content-encoding': 'zstd' }],
    ['not to be transformed', TEXT, { ...text, 'cache-control': 'no-transform' }],
  ])('leaves alone what is %s', async (_, body, headers) => {
    const response = await ask(body, headers)();
    expect(await response.text()).toBe(body);
    expect(response.headers.get('content-encoding')).toBe(
      (headers as Record<string, string>)['content-encoding'] ?? null,
    );
  });

  test('does not read an event stream', async () => {
    const endless = new ReadableStream({
      start: controller => controller.enqueue(new TextEncoder().encode('data: 1\n\n')),
    });
    const response = await ask(endless, { 'content-type': 'text/event-stream' })();
    const { value } = (await response.body?.getReader().read()) ?? {};
    expect(new TextDecoder().decode(value)).toBe('data: 1\n\n');
  });
});
