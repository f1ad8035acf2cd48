import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { securityHeaders } from '../../../edge/hono/security-headers.ts';

const ask = (own: Record<string, string>, options = {}, url = 'http://h/') => {
  const app = new Hono();
  app.use('*', securityHeaders(options));
  app.get('*', c => c.text('a', 200, own));
  return app.request(url);
};

test('adds what is missing and overwrites nothing', async () => {
  const { headers } = await ask({ 'x-frame-options': 'DENY' });
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-frame-options')).toBe('DENY');
  expect(headers.has('content-security-policy')).toBe(false);
});

test('asks for transport security over https alone, and only where it is wanted', async () => {
  const wanted = { transportSecurity: { maxAgeSeconds: 60 } };
  const sent = async (options: object, url: string) =>
    (await ask({}, options, url)).headers.get('strict-transport-security');
  expect(await sent(wanted, 'https://h/')).toBe('max-age=60');
  expect(await sent(wanted, 'http://h/')).toBeNull();
  expect(await sent({}, 'https://h/')).toBeNull();
});
