/**
 * The demo's files: its style and script, whose names change with their content, and its pictures.
 */

import { Hono } from 'hono';
import { ASSETS } from '../pages/assets.ts';
import { paintProduct } from '../pictures/paint.ts';
import { mayBeStored } from './caching.ts';

export const fileRoutes = new Hono();

for (const { path, type, text } of Object.values(ASSETS)) {
  fileRoutes.get(path, context => {
    mayBeStored(context, 'asset');
    return context.body(text, 200, { 'Content-Type': type });
  });
}

fileRoutes.get('/media/products/:file{[0-9]{1,9}\\.jpg}', async context => {
  const picture = await paintProduct(Number.parseInt(context.req.param('file'), 10));
  mayBeStored(context, 'picture');
  return context.body(new Uint8Array(picture), 200, { 'Content-Type': 'image/jpeg' });
});
