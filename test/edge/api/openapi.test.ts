import { expect, it } from 'vitest';
import { openApi } from '../../../edge/api/openapi.ts';

const text = JSON.stringify({
  openapi: '3.1.1',
  servers: [{ url: '/', description: 'This edge' }],
  paths: { '/a': {} },
});

it('serves the document as it was made', async () => {
  const response = openApi({ text, base: '' })();
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json']);
  expect(response.headers.get('cache-control')).toBe('no-cache');
  expect(await response.text()).toBe(text);
});

it('says where the routes are when they were moved', async () => {
  expect(await openApi({ text, base: '/edge' })().json()).toEqual({
    openapi: '3.1.1',
    servers: [{ url: '/edge', description: 'This edge' }],
    paths: { '/a': {} },
  });
});
