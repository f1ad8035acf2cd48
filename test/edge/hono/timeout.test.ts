import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { timeout } from '../../../edge/hono/timeout.ts';

test('answers in place of a handler that is too slow, and drops what it says later', async () => {
  const app = new Hono();
  const { promise, resolve } = Promise.withResolvers<void>();
  app.use('*', timeout(10));
  app.get('/slow', async c => {
    await promise;
    return c.text('late');
  });
  const response = await app.request('/slow');
  resolve();
  await promise;
  expect([response.status, response.headers.get('content-type')]).toEqual([504, 'application/problem+json']);
  expect(await response.json()).toMatchObject({ code: 'HANDLER_TIMEOUT' });
});

test('lets a quick one pass', async () => {
  const app = new Hono();
  app.use('*', timeout(1_000));
  app.get('/quick', c => c.text('now'));
  expect(await (await app.request('/quick')).text()).toBe('now');
});
