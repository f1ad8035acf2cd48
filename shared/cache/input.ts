/**
 * What the cache accepts, checked before anything is sent: each refusal names the limit and what it got.
 *
 * Errors  CacheInputError with a code of its own for each kind of input
 * Source  Upstash: keys of 32 KB, requests of 10 MB on the smallest plans; tags travel in a header field (visible ASCII, a
 *         comma separates them)
 */

import { MOST_TAGS } from './tokens.ts';

export type CacheInputCode =
  | 'CACHE_KEY_INVALID'
  | 'CACHE_TAG_INVALID'
  | 'CACHE_DURATION_INVALID'
  | 'CACHE_VALUE_TOO_LARGE'
  | 'CACHE_VALUE_UNSUPPORTED'
  | 'CACHE_OPTION_INVALID';

export class CacheInputError extends RangeError {
  override readonly name = 'CacheInputError';
  readonly code: CacheInputCode;
  constructor(code: CacheInputCode, message: string) {
    super(message);
    this.code = code;
  }
}

export const LONGEST_KEY_BYTES = 32 * 1024;
/** Besides the caller's own: one for everything and one for each prefix (implicit-tags.ts). */
const MOST_OWN_TAGS = MOST_TAGS - 8;
const LONGEST_TAG = 256;
const LONGEST_MS = 365 * 86_400_000;

export function checkKey(key: string): void {
  if (typeof key !== 'string') throw refuse('CACHE_KEY_INVALID', `a key must be a text, got ${typeof key}`);
  if (key === '')
    throw refuse('CACHE_KEY_INVALID', 'a key must have at least one character, got an empty text');
  // A UTF-16 unit takes three bytes at most: short keys need not be counted.
  if (key.length * 3 <= LONGEST_KEY_BYTES) return;
  const bytes = encoder.encode(key).byteLength;
  if (bytes > LONGEST_KEY_BYTES)
    throw refuse('CACHE_KEY_INVALID', `a key may take ${LONGEST_KEY_BYTES} bytes, got ${bytes}`);
}

export function checkTags(tags: readonly string[]): void {
  if (tags.length > MOST_OWN_TAGS)
    throw refuse('CACHE_TAG_INVALID', `a value may have ${MOST_OWN_TAGS} tags, got ${tags.length}`);
  for (const tag of tags) {
    // 33 to 126 without the comma (44).
    if (typeof tag === 'string' && /^[!-+\--~]+$/.test(tag) && tag.length <= LONGEST_TAG) continue;
    const shown = JSON.stringify(tag)?.slice(0, 80);
    throw refuse(
      'CACHE_TAG_INVALID',
      `a tag has 1 to ${LONGEST_TAG} visible ASCII characters (33 to 126) and no comma, got ${shown}`,
    );
  }
}

/** Zero and more; `undefined` is left to the default. */
export function checkDuration(name: string, ms: number | undefined): void {
  if (ms === undefined || (typeof ms === 'number' && ms >= 0 && ms <= LONGEST_MS)) return;
  throw refuse('CACHE_DURATION_INVALID', `${name} must be from 0 to ${LONGEST_MS} ms (a year), got ${ms}`);
}

export function checkSize(key: string, bytes: number, maxBytes: number): void {
  if (bytes <= maxBytes) return;
  const name = key.slice(0, 80);
  throw refuse('CACHE_VALUE_TOO_LARGE', `a value may take ${maxBytes} bytes, ${name} takes ${bytes}`);
}

export function refuse(code: CacheInputCode, message: string): CacheInputError {
  return new CacheInputError(code, message);
}

const encoder = new TextEncoder();
