/**
 * What the answer to a HEAD request says of the response stored for GET: that it still stands, with these fields, or that
 * it no longer does.
 *
 * Shape   stored + HEAD's answer -> { kind: 'update', fields } | 'outdated' | 'nothing'
 * Units   bytes
 * Errors  none (total)
 * Source  RFC 9111 §4.3.5, §3.2
 */
import { declaredLength, type Fields, fieldValue } from './fields.ts';
import { freshen } from './freshen.ts';

export type HeadUpdate =
  | { readonly kind: 'update'; readonly fields: Fields }
  /** The page is another one by now. */
  | { readonly kind: 'outdated' }
  /** An error or a redirect is no word on what a GET would bring. */
  | { readonly kind: 'nothing' };

export interface StoredForGet {
  readonly status: number;
  /** As the origin sent them: see `withOriginTag`. */
  readonly fields: Fields;
  /** Undefined where Headrace changed the coding: the origin's length is then another's. */
  readonly bodyBytes: number | undefined;
}

export interface HeadAnswer {
  readonly status: number;
  readonly fields: Fields;
}

export function decideHeadUpdate(stored: StoredForGet, head: HeadAnswer): HeadUpdate {
  if (head.status !== 200) return { kind: 'nothing' };
  const stands = stored.status === 200 && VALIDATORS.every(name => agree(stored, head, name));
  if (!stands || !isSameLength(stored, head)) return { kind: 'outdated' };
  return { kind: 'update', fields: freshen(stored.fields, head.fields) };
}

const VALIDATORS = ['etag', 'last-modified'];

/** Only what HEAD's answer has is compared. */
function agree(stored: StoredForGet, head: HeadAnswer, name: string): boolean {
  const value = fieldValue(head.fields, name);
  return value === undefined || value === fieldValue(stored.fields, name);
}

function isSameLength({ bodyBytes }: StoredForGet, head: HeadAnswer): boolean {
  const length = declaredLength(head.fields);
  return length === undefined || bodyBytes === undefined || length === bodyBytes;
}
