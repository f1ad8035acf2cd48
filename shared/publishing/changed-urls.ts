/**
 * Which addresses caches have to forget after files changed: those of names that stayed the same.
 *
 * Shape   keys, the address they are served below -> URLs; of index.html also its folder's
 * Errors  none (total)
 * Source  RFC 3986 §3.3
 */

import { isContentName } from './content-name.ts';

const INDEX = 'index.html';

export function changedUrls(keys: readonly string[], base: string): string[] {
  const root = base.endsWith('/') ? base : `${base}/`;
  const paths = keys.filter(key => !isContentName(key)).flatMap(pathsOf);
  return paths.map(path => root + path.split('/').map(encodeURIComponent).join('/'));
}

function pathsOf(key: string): string[] {
  const isIndex = key === INDEX || key.endsWith(`/${INDEX}`);
  return isIndex ? [key, key.slice(0, -INDEX.length)] : [key];
}
