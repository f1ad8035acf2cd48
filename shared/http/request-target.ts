/**
 * Finds what makes a request target read differently by different programs: such a request is refused, because a cache
 * and an origin that disagree on the path can be made to store one page under another's name.
 *
 * Ask with `request.url` as it came: `new URL()` resolves encoded dot segments, turns `\` into `/` and strips control
 * characters at the end. In workerd (measured, 2026-07-30) request.url has `%2e`, `\`, `%00` and raw control bytes as they
 * were sent and U+FFFD for bytes that are not UTF-8; plain `/../` and `/./` it resolves itself, so nobody sees them; it cuts
 * the target at a space or tab, and refuses a raw NUL, absolute-form, `*` and CONNECT before any code of ours runs.
 *
 * What real sites use stays: encoded slashes, empty segments, a lone `%`, Latin-1, any query.
 *
 * Shape   URL as received -> TargetFault | undefined
 * Errors  none (total)
 * Source  RFC 3986 §3.3, §5.2.4; RFC 3629 §3, §10; RFC 9112 §3.2; Kettle, Gotta cache 'em all (2024)
 */

import { isPlainUrl } from './request-url.ts';

export type TargetFault = 'control-character' | 'not-utf-8' | 'backslash' | 'dot-segment' | 'overlong-utf-8';

export function findTargetFault(url: string): TargetFault | undefined {
  if (isPlainUrl(url)) return undefined;
  const target = url.replace(SCHEME_AND_HOST, '');
  if (hasRawControl(target)) return 'control-character';
  if (target.includes('\ufffd')) return 'not-utf-8';
  const [path = ''] = target.split(/[?#]/, 1);
  if (path.includes('\\')) return 'backslash';
  if (ENCODED_CONTROL.test(path)) return 'control-character';
  if (path.split(SEPARATOR).some(isDotSegment)) return 'dot-segment';
  return OVERLONG.test(path) ? 'overlong-utf-8' : undefined;
}

const SCHEME_AND_HOST = /^https?:\/\/[^/?#\\]*/;
const ENCODED_CONTROL = /%(?:[01][0-9a-f]|7f)/i;

/** Some origins decode a slash before they resolve dots, some take `\` for one. */
const SEPARATOR = /\/|%2f|%5c/i;
const DOT_SEGMENT = /^(?:\.|%2e){1,2}$/i;

/** A character in more bytes than it needs, such as %C0%AE for a dot, passes filters that look for the short form. */
const OVERLONG = /%c[01]%[89ab]|%e0%[89]|%f0%8|%f8%8[0-7]|%fc%8[0-3]/i;

function hasRawControl(target: string): boolean {
  for (let at = 0; at < target.length; at += 1) {
    const code = target.charCodeAt(at);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
}

/** Servlet containers cut a segment at its semicolon first: `..;x` is `..` to them. */
function isDotSegment(segment: string): boolean {
  const [name = ''] = segment.split(';', 1);
  return DOT_SEGMENT.test(name);
}
