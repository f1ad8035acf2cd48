/**
 * Hono's own cache middleware before a handler that answers the same bytes and header fields.
 */

import { Hono } from 'hono';
import { cache } from 'hono/cache';

declare const HEADERS: [string, string][];
declare const BODY: string;

const app = new Hono();
app.use(cache({ cacheName: 'bench', cacheControl: 'max-age=3600' }));
app.get('*', () => new Response(BODY, { headers: HEADERS }));

// workerd calls the default export, and takes no class for it.
export default { fetch: app.fetch };
