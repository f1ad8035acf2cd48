/**
 * What a status code means to a cache.
 *
 * Errors  none (total)
 * Source  RFC 9110 §15.1; RFC 9111 §3, §5.2.2.3; RFC 5861 §4
 */

/** May be given a heuristic lifetime (RFC 9110 §15.1); 206 is on that list too, but is never stored here. */
const HEURISTICALLY_CACHEABLE = new Set([200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501]);

/** Every final code of RFC 9110 §15.3–15.6 but 206 and 304, whose caching rules are not "store it as it is". */
const UNDERSTOOD = new Set([
  ...[200, 201, 202, 203, 204, 205],
  ...[300, 301, 302, 303, 305, 307, 308],
  ...[
    400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 421, 422, 426,
  ],
  ...[500, 501, 502, 503, 504, 505],
]);

const SERVER_FAILURES = new Set([500, 502, 503, 504]);

export function isHeuristicallyCacheable(status: number): boolean {
  return HEURISTICALLY_CACHEABLE.has(status);
}

export function isUnderstood(status: number): boolean {
  return UNDERSTOOD.has(status);
}

/** The answers that stale-if-error may replace (RFC 5861 §4); no answer at all counts the same. */
export function isServerFailure(status: number): boolean {
  return SERVER_FAILURES.has(status);
}
