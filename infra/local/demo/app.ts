/**
 * The demo origin: a shop as many are, with a catalogue that may be cached and purged by tag, pages that are private, and
 * changes that tell which pages they touch.
 *
 * It leaves validators and compression to the edge on purpose, as many origins do.
 */

import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Database } from './database.ts';
import type { Gallery } from './pages/gallery.ts';
import { messagePage } from './pages/message.ts';
import { accountRoutes } from './web/account-routes.ts';
import { apiRoutes } from './web/api-routes.ts';
import { countingQueries, type DemoEnvironment } from './web/environment.ts';
import { fileRoutes } from './web/file-routes.ts';
import { galleryRoutes } from './web/gallery-routes.ts';
import { pageRoutes } from './web/page-routes.ts';
import { streamRoutes } from './web/stream-routes.ts';

const CHANGE_LIMIT_BYTES = 16_384;

const changeLimit = bodyLimit({
  maxSize: CHANGE_LIMIT_BYTES,
  onError: context => context.json({ error: 'That is far more than anybody has to say here.' }, 413),
});

export interface DemoParts {
  /** @default the page says that there is none */
  readonly gallery?: Gallery | undefined;
}

export function createDemo(database: Database, { gallery }: DemoParts = {}): Hono<DemoEnvironment> {
  return new Hono<DemoEnvironment>()
    .route('/', streamRoutes)
    .route('/', fileRoutes)
    .route('/', galleryRoutes(gallery))
    .use(changeLimit, countingQueries(database))
    .route('/', pageRoutes)
    .route('/api', apiRoutes)
    .route('/', accountRoutes)
    .notFound(context => context.html(messagePage('There is nothing here.'), 404))
    .onError((error, context) => {
      console.error(`demo origin: ${error.message}`);
      return context.html(messagePage('The demo origin failed; its launcher printed why.'), 500);
    }) as Hono<DemoEnvironment>;
}
