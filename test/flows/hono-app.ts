/**
 * An application of somebody's own, as a Worker: what the flow of `headrace/hono` asks.
 */

import { Hono } from 'hono';
import {
  type CacheVariables,
  cache,
  compress,
  conditional,
  createHttpCache,
  securityHeaders,
  shortTerm,
  timeout,
  userData,
} from '../../edge/hono/index.ts';

const app = new Hono<CacheVariables>();
const store = createHttpCache();
let runs = 0;

app.use('*', securityHeaders(), conditional(), compress());
app.use('/slow', timeout(20));
app.get('/slow', () => new Promise<Response>(() => {}));
app.use('/me', cache({ ...userData, store }));
app.use('/products/*', cache({ ...shortTerm, tags: ['products'], store }));
app.use('/prices', cache({ app, store }));

app.get('/me', c => c.json({ runs: ++runs }));
app.post('/products/:id', async c => c.text(`took ${await c.req.text()}`));
app.get('/prices', c =>
  c.text(`run ${++runs}`, 200, { 'cache-control': 'max-age=0, stale-while-revalidate=60' }),
);
app.get('/products/:id', c => {
  if (c.req.param('id') === 'flash') c.var.cache({ ttlSeconds: 5 });
  return c.json({ id: c.req.param('id'), words: Array.from({ length: 400 }, (_, i) => (i * 7_919) % 1_000) });
});
app.post('/purge', async c => {
  await store.purge(['products'], { soft: false });
  return c.body(null, 204);
});

export default { fetch: app.fetch };
