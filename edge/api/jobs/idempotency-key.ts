/**
 * Reads Idempotency-Key: a structured-field string, or, as most clients send it, the bare text.
 *
 * Shape   field value -> { kind: 'key' } | { kind: 'none' } | { kind: 'wrong' }
 * Errors  none (total)
 * Source  draft-ietf-httpapi-idempotency-key-header §2.1; RFC 9651 §4.2.5 (strings)
 */

export type IdempotencyKey =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'wrong' };

const QUOTED = /^"((?:[ !#-[\]-~]|\\["\\]){1,255})"$/;
/** A comma would be two fields that met on the way. */
const BARE = /^[!#-+\--~]{1,255}$/;

export function parseIdempotencyKey(field: string | undefined): IdempotencyKey {
  const text = field?.trim();
  if (!text) return field === undefined ? { kind: 'none' } : { kind: 'wrong' };
  const quoted = QUOTED.exec(text)?.[1]?.replace(/\\(["\\])/g, '$1');
  const key = quoted ?? (BARE.test(text) ? text : undefined);
  return key === undefined ? { kind: 'wrong' } : { kind: 'key', key };
}
