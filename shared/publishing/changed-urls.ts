/**
 * Which addresses caches have to forget after files changed: those of names that stayed the same.
 *
 * Caches know an address by how it is spelled, and `@` may be itself in a path or %40: both are named, as a browser sends what a
 * page says, and as programs encode a name.
 *
 * Shape   keys, the address they are served below -> URLs; of index.html also its folder's
 * Errors  none (total)
 * Source  RFC 3986 §3.3; WHATWG URL, "path percent-encode set"
 */

import { isContentName } from './content-name.ts';

const INDEX = 'index.html';

export function changedUrls(keys: readonly string[], base: string): string[] {
  const root = base.endsWith('/') ? base : `${base}/`;
  const paths = keys.filter(key => !isContentName(key)).flatMap(pathsOf);
  return paths.flatMap(spellingsOf).map(path => root + path);
}

function spellingsOf(path: string): string[] {
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  return [...new Set([encoded, encoded.replace(LEFT_BY_BROWSERS, decodeURIComponent)])];
}

/** $ & + , : ; = @ [ ] | */
const LEFT_BY_BROWSERS = /%(?:2[46BC]|3[ABD]|40|5[BD]|7C)/g;

function pathsOf(key: string): string[] {
  const isIndex = key === INDEX || key.endsWith(`/${INDEX}`);
  return isIndex ? [key, key.slice(0, -INDEX.length)] : [key];
}
