import { expect, it } from 'vitest';
import { openApi } from '../../../edge/api/openapi.ts';

it('serves the document, with where and what it is', async () => {
  const response = openApi({ base: '/edge', version: '9.8.7' })();
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json']);
  expect(await response.json()).toMatchObject({
    openapi: '3.1.1',
    info: { version: '9.8.7' },
    servers: [{ url: '/edge' }],
    paths: { '/api/admin/cache/purge': { post: { operationId: 'purgeCache' } } },
  });
});
