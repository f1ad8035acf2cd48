import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../../../../shared/images/refusal.ts';
import { parseImageRequest } from '../../../../shared/images/request/parse-request.ts';
import { signedImageUrl } from '../../../../shared/images/url/image-url.ts';
import { verifySignature } from '../../../../shared/images/url/signing.ts';

const OLD = 'the key of last year, which is long enough';
const NEW = 'the key of this year, which is long enough';
const NOW = Date.UTC(2026, 0, 1);

async function verify(url: string, { keys = [NEW, OLD] as readonly string[], now = NOW } = {}) {
  const { pathname, search } = new URL(url, 'http://edge.test');
  const request = parseImageRequest({ pathname, search }, { path: '/images', forms: ['query'] });
  if (isRefusal(request)) return request.code;
  return (await verifySignature(request, search, { keys, now }))?.code ?? 'served';
}

const sign = (keys = [NEW], expiresAt?: number) =>
  signedImageUrl('a b.jpg', { width: 640 }, { keys, ...(expiresAt !== undefined && { expiresAt }) });

describe('a signed URL', () => {
  it('is served', async () => {
    expect(await verify(await sign())).toBe('served');
  });

  it('is what any HMAC-SHA256 makes of the canonical form', async () => {
    const text = 'headrace-image\n1767225600\nwidth=640,format=auto/a%20b.jpg';
    const signature = createHmac('sha256', NEW).update(text).digest('base64url');
    expect(await sign([NEW], NOW)).toBe(
      `/images/width=640,format=auto/a%20b.jpg?signature=${signature}&expires=1767225600`,
    );
  });

  it('is good for every spelling of the same request', async () => {
    const query = (await sign()).split('?')[1];
    expect(await verify(`/images/f=auto,w=640/a%20b.jpg?${query}`)).toBe('served');
  });

  it('is good for no other request', async () => {
    const url = await sign([NEW], NOW + 60_000);
    expect(await verify(url.replace('640', '641'))).toBe('IMAGE_SIGNATURE_INVALID');
    expect(await verify(url.replace('a%20b', 'a%20c'))).toBe('IMAGE_SIGNATURE_INVALID');
    expect(await verify(url.replace(/expires=\d+/, 'expires=9999999999'))).toBe('IMAGE_SIGNATURE_INVALID');
    expect(await verify(url.replace(/&expires=\d+/, ''))).toBe('IMAGE_SIGNATURE_INVALID');
  });

  it('is good until the end of its last second', async () => {
    const url = await sign([NEW], NOW);
    expect(await verify(url, { now: NOW + 999 })).toBe('served');
    expect(await verify(url, { now: NOW + 1000 })).toBe('IMAGE_SIGNATURE_EXPIRED');
  });
});

describe('keys', () => {
  it('are rotated: the old one is accepted as long as it is listed', async () => {
    const url = await sign([OLD]);
    expect(await verify(url)).toBe('served');
    expect(await verify(url, { keys: [NEW] })).toBe('IMAGE_SIGNATURE_INVALID');
  });

  it('must be long', async () => {
    await expect(sign(['short'])).rejects.toThrow('fewer than 32');
  });
});

it.each([
  ['', 'IMAGE_SIGNATURE_MISSING'],
  ['?signature=', 'IMAGE_SIGNATURE_INVALID'],
  ['?signature=not*base64', 'IMAGE_SIGNATURE_INVALID'],
  [`?signature=${'A'.repeat(43)}`, 'IMAGE_SIGNATURE_INVALID'],
])('refuses %s', async (query, code) => {
  expect(await verify(`/images/width=640,format=auto/a.jpg${query}`)).toBe(code);
});
