/**
 * GET /api/openapi.json, for everyone: the document of the edge's own API.
 *
 * Shape   200, the document; made at the first request for it, and kept
 * Errors  none
 */

import { createOpenApi, type DocumentOptions } from '../../shared/api/openapi.ts';
import { ROUTES } from '../../shared/api/routes.ts';
import { lazy } from '../../shared/primitives/lazy.ts';

export function openApi(options: DocumentOptions) {
  const text = lazy(() => JSON.stringify(createOpenApi(ROUTES(), options)));
  return (): Response =>
    new Response(text(), { headers: { 'content-type': 'application/json', 'cache-control': 'no-cache' } });
}
