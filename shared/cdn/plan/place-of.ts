/**
 * Where an address lies in a CDN's own terms: scheme, host and path as it tells them apart and wants them written.
 *
 * Shape   URL, addressing -> scheme, host ('' where it does not matter), path
 * Errors  none (total)
 * Source  RFC 1738 §2.2, "Unsafe"; CloudFront Developer Guide, "Invalidation paths"
 */

import type { Addressing } from '../capabilities.ts';

export interface Place {
  readonly scheme: string;
  readonly host: string;
}

export function placeOf(url: URL, addressing: Addressing): Place {
  const scheme = addressing.scheme === 'ignored' ? '' : url.protocol;
  return { scheme, host: hostOf(url, addressing) };
}

export function hostOf(url: URL, { host }: Addressing): string {
  return host === 'ignored' ? '' : url.host;
}

export function pathOf({ pathname, search }: URL, addressing: Addressing): string {
  return written(pathname + (addressing.query === 'matched' ? search : ''), addressing);
}

/** A path as the CDN wants it; what is escaped already stays as it is. */
export function written(path: string, { letterCase, escapes }: Addressing): string {
  const escaped = escapes === 'rfc-1738' ? escapeUnsafe(path) : path;
  return letterCase === 'ignored' ? escaped.toLowerCase() : escaped;
}

/** What a URL may leave as it is, and RFC 1738 counts among the unsafe; a percent sign where it begins no escape. */
function escapeUnsafe(path: string): string {
  return path.replace(
    /[{}|\\^~[\]`"<>]|%(?![0-9a-f]{2})/gi,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
