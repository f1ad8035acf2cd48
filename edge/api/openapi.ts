/**
 * GET /api/openapi.json, for everyone: the document of the edge's own API. It is made beforehand of the schemas that validate
 * (`npm run openapi`; a rule test holds it to them): only where the routes are is told here.
 *
 * Shape   200, the document; put together at the first request for it, and kept
 * Errors  none
 */

import { lazy } from '../../shared/primitives/lazy.ts';

export interface OpenApiDeps {
  /** edge/api/openapi.json. */
  readonly text: string;
  /** What stands before every path. */
  readonly base: string;
}

export function openApi({ text, base }: OpenApiDeps) {
  const document = lazy(() => (base ? placedAt(base, JSON.parse(text)) : text));
  return (): Response =>
    new Response(document(), {
      headers: { 'content-type': 'application/json', 'cache-control': 'no-cache' },
    });
}

function placedAt(base: string, document: { servers: readonly object[] }): string {
  return JSON.stringify({ ...document, servers: document.servers.map(one => ({ ...one, url: base })) });
}
