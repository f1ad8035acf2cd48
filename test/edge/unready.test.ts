import { expect, test } from 'vitest';
import type { App } from '../../edge/app.ts';
import { createUnready } from '../../edge/unready.ts';

const context = {} as Parameters<App['fetch']>[1];
const get = async (path: string) =>
  createUnready('PORT is wrong.').fetch(new Request(`http://h${path}`), context);

test.each(['/api/performance/health', '/base/api/performance/health'])(
  '%s is unhealthy, with the reason',
  async path => {
    const response = await get(path);
    expect([response.status, response.headers.get('cache-control')]).toEqual([503, 'no-store']);
    expect(await response.json()).toEqual({
      status: 'unhealthy',
      score: 0,
      checks: { edge: { status: 'unhealthy', reason: 'PORT is wrong.' } },
    });
  },
);

test('anything else is a problem with the same reason', async () => {
  const response = await get('/page');
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ code: 'SETTING_WRONG', detail: 'PORT is wrong.' });
});
