/**
 * The few pieces of HTTP's grammar that several fields share: tokens, comma lists, whole seconds.
 *
 * Units   seconds
 * Errors  none (total)
 * Source  RFC 9110 §5.6.1, §5.6.2, §5.6.4; RFC 9111 §1.2.2
 */

/** What a cache stores for a number of seconds too large to count with: 2^31 (RFC 9111 §1.2.2). */
export const MAX_DELTA_SECONDS = 2_147_483_648;

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const DIGITS = /^[0-9]+$/;
const LIST_MEMBER = /(?:[^,"]|"(?:[^"\\]|\\[\s\S]?)*(?:"|$))+/g;

export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/** Digits and nothing else: no sign, no fraction, no space. Undefined when it is anything else. */
export function parseDeltaSeconds(text: string): number | undefined {
  return DIGITS.test(text) ? Math.min(Number(text), MAX_DELTA_SECONDS) : undefined;
}

/**
 * The members of a comma list, trimmed, empty ones left out (§5.6.1.2); a comma inside quotes does not separate, a
 * quote that never closes takes the rest.
 */
export function splitList(value: string): readonly string[] {
  const members = value.match(LIST_MEMBER) ?? [];
  return members.map(trimWhitespace).filter(member => member !== '');
}

/** Optional whitespace is space and tab only (§5.6.3), narrower than what `trim` removes. */
export function trimWhitespace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isWhitespace(text.charCodeAt(start))) start += 1;
  while (end > start && isWhitespace(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function isWhitespace(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
