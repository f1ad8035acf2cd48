/**
 * What a published file says it is, so that a browser that may not guess (nosniff) does the right thing, and none runs what
 * only looks like a script.
 *
 * What the bytes prove wins over what the name says: a signature never proves HTML, a script or SVG, so that way nothing
 * becomes active. Without a proof the name decides; a name that promises pictures and brings words is a text.
 *
 * Shape   { key, sniffed, isText } -> Content-Type
 * Errors  none (total): what nobody knows is application/octet-stream
 * Source  WHATWG MIME Sniffing, "X-Content-Type-Options: nosniff"; RFC 2046 §4.1.2
 */

import mime from 'mime';

export interface TypeEvidence {
  readonly key: string;
  /** What the first bytes prove; undefined where they prove nothing. */
  readonly sniffed: string | undefined;
  /** Whether the bytes are UTF-8 without NUL. */
  readonly isText: boolean;
}

const UNKNOWN = 'application/octet-stream';

export function decideContentType({ key, sniffed, isText }: TypeEvidence): string {
  const named = mime.getType(key) ?? undefined;
  const proven = sniffed !== undefined && !CONTAINERS.has(sniffed) ? sniffed : undefined;
  const type = choose(named, proven, isText);
  return isText && SPEAKS_OF_CHARSET.test(type) ? `${type}; charset=utf-8` : type;
}

export function isPage(contentType: string): boolean {
  return /^(?:text\/html|application\/xhtml\+xml)\b/.test(contentType);
}

function choose(named: string | undefined, proven: string | undefined, isText: boolean): string {
  if (proven === undefined) {
    if (named === undefined) return isText ? 'text/plain' : UNKNOWN;
    return isText && isBinary(named) ? 'text/plain' : named;
  }
  if (named === undefined) return proven;
  // Sounds and films have many names for one thing; a picture's tells how it is decoded.
  return majorOf(named) === majorOf(proven) && majorOf(named) !== 'image' ? named : proven;
}

/** One form for many formats: only the name tells which. */
const CONTAINERS = new Set([
  'application/gzip',
  'application/x-cfb',
  'application/xml',
  'application/zip',
  'text/plain',
]);
const SPEAKS_OF_CHARSET = /^text\/|^application\/(?:javascript|manifest\+json|xml|xhtml\+xml)$|^image\/svg/;

function isBinary(type: string): boolean {
  return /^(?:audio|font|video)\/|^image\/(?!svg)/.test(type);
}

function majorOf(type: string): string {
  return type.slice(0, type.indexOf('/'));
}
