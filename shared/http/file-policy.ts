/**
 * The policy of one response: an operator's lifetime holds for what the path promises, and a file whose name changes with
 * its content may live long.
 *
 * Shape   policy + path + response -> policy
 * Units   seconds
 * Errors  none (total)
 * Source  RFC 9111 §4.2; file-type.ts on why the type must fit
 */
import { type Fields, fieldValue } from './fields.ts';
import { compareFileType, extensionOf, mediaTypeOf } from './file-type.ts';
import type { CachePolicy, HashedLifetimes } from './policy.ts';

export function policyForFile(policy: CachePolicy, path: string, fields: Fields): CachePolicy {
  const { ttlSeconds, hashedLifetimes, ...rest } = policy;
  if (ttlSeconds === undefined && hashedLifetimes === undefined) return policy;
  const type = fieldValue(fields, 'content-type');
  const fit = compareFileType(path, type);
  if (fit === 'differs') return rest;
  if (ttlSeconds !== undefined || fit === 'unknown' || !isHashedName(path)) return policy;
  return { ...policy, ttlSeconds: lifetimeOf(mediaTypeOf(type), hashedLifetimes ?? []) };
}

/**
 * A hexadecimal hash between a separator and the extension; or, for what bundlers write, eight characters with a capital and
 * a digit among them. Words and dates are no hashes; a hash that looks like one lives as its origin says.
 */
export function isHashedName(path: string): boolean {
  if (HEXADECIMAL.test(path)) return true;
  return BUNDLED.has(extensionOf(path)) && EIGHT_MIXED.test(path);
}

const HEXADECIMAL = /[./_-](?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{8,64}(?:\.[a-z0-9]{1,8}){1,2}$/;
const EIGHT_MIXED = /[._-](?=[\w-]{0,7}[A-Z])(?=[\w-]{0,7}\d)[\w-]{8}(?:\.[a-z0-9]{1,8}){1,2}$/;
const BUNDLED = new Set(['css', 'js', 'map', 'mjs', 'wasm', 'woff', 'woff2']);

/** The first beginning that fits; every list ends with one that always does. */
function lifetimeOf(type: string, lifetimes: HashedLifetimes): number {
  return lifetimes.find(([beginning]) => type.startsWith(beginning))?.[1] ?? 0;
}
