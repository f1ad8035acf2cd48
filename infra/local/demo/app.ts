/**
 * The demo origin's routes: a catalogue that may be cached and purged by tag, a page that must not be, a stream, an echo.
 *
 * It leaves validators and compression to the edge on purpose, as many origins do.
 */

import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { streamSSE } from 'hono/streaming';
import { type Catalogue, PRODUCT_CHANGE, type Product } from './catalogue.ts';
import { indexPage } from './page.ts';

/** Shared caches only: a browser asks again, and sees what a purge did. */
const CACHEABLE = 'public, max-age=0, s-maxage=60, stale-while-revalidate=300';
const CHANGE_LIMIT_BYTES = 16_384;
const SECOND_MS = 1_000;

const changeLimit = bodyLimit({
  maxSize: CHANGE_LIMIT_BYTES,
  onError: context => context.json({ error: 'That is far more than a name and a price.' }, 413),
});

export function createDemo(catalogue: Catalogue): Hono {
  const app = new Hono();

  app.get('/', async context => {
    context.header('Cache-Control', CACHEABLE);
    context.header('Cache-Tag', 'products');
    return context.html(indexPage(await catalogue.list()));
  });

  app.get('/products', async context => {
    context.header('Cache-Control', CACHEABLE);
    context.header('Cache-Tag', 'products');
    return context.json({ products: await catalogue.list() });
  });

  app.get('/products/:id{[0-9]{1,9}}', async context => {
    const product = await catalogue.find(Number(context.req.param('id')));
    if (product === undefined) return context.json({ error: 'There is no such product.' }, 404);
    context.header('Cache-Control', CACHEABLE);
    context.header('Cache-Tag', tagsOf(product));
    return context.json(product);
  });

  app.put('/products/:id{[0-9]{1,9}}', changeLimit, async context => {
    const change = PRODUCT_CHANGE.safeParse(await context.req.json().catch(() => undefined));
    if (!change.success) return context.json({ error: sentenceOf(change.error.issues[0]) }, 400);
    const product = await catalogue.change(Number(context.req.param('id')), change.data);
    return product ? context.json(product) : context.json({ error: 'There is no such product.' }, 404);
  });

  app.get('/account', context => {
    context.header('Cache-Control', 'private, no-store');
    return context.json({ account: 'yours alone', servedAt: new Date().toISOString() });
  });

  app.get('/clock', context =>
    streamSSE(context, async stream => {
      while (!stream.aborted) {
        await stream.writeSSE({ event: 'second', data: new Date().toISOString() });
        await stream.sleep(SECOND_MS);
      }
    }),
  );

  app.post('/echo', context => {
    const type = context.req.header('Content-Type') ?? 'application/octet-stream';
    return new Response(context.req.raw.body, { headers: { 'Content-Type': type } });
  });

  app.onError((error, context) => {
    console.error(`demo origin: ${error.message}`);
    return context.json({ error: 'The demo origin failed; its launcher printed why.' }, 500);
  });

  return app;
}

function tagsOf({ id }: Product): string {
  return `products, product-${id}`;
}

function sentenceOf(
  issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined,
): string {
  return `${issue?.path.join('.') || 'the body'}: ${issue?.message ?? 'is wrong'}`;
}
