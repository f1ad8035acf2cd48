/**
 * The demo's gallery, which asks no database.
 */

import { Hono } from 'hono';
import { type Gallery, galleryPage } from '../pages/gallery.ts';
import { mayBeStored } from './caching.ts';

export function galleryRoutes(gallery: Gallery | undefined) {
  return new Hono().get('/gallery', context => {
    mayBeStored(context, 'page');
    return context.html(galleryPage(gallery));
  });
}
