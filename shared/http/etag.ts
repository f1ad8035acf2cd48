/**
 * Entity-tags: read strictly, compared weakly or strongly.
 *
 * A tag with U+FFFD lost bytes on the way through the runtime's text decoding and could match another: it is refused.
 *
 * Shape   'W/"a"' -> { weak: true, opaque: 'a' }
 * Errors  none (total): undefined for what is no entity-tag
 * Source  RFC 9110 §8.8.3, §8.8.3.2, §13.1.2
 */
import { trimWhitespace } from './grammar.ts';

export interface EntityTag {
  readonly weak: boolean;
  readonly opaque: string;
}

const ENTITY_TAG = /^(W\/)?"([!#-~\u0080-\ufffc\ufffe\uffff]*)"$/;

/** A tag has no escapes: a backslash before its closing quote is a character of its own. */
const LIST_MEMBER = /(?:[^,"]|"[^"]*(?:"|$))+/g;

export function parseEntityTag(value: string | undefined): EntityTag | undefined {
  const match = ENTITY_TAG.exec(trimWhitespace(value ?? ''));
  return match === null ? undefined : { weak: match[1] !== undefined, opaque: match[2] ?? '' };
}

export function formatEntityTag({ weak, opaque }: EntityTag): string {
  return `${weak ? 'W/' : ''}"${opaque}"`;
}

/** The list of If-Match and If-None-Match; a member that is no entity-tag matches nothing and is left out. */
export function parseEntityTagList(value: string): readonly EntityTag[] | '*' {
  if (trimWhitespace(value) === '*') return '*';
  return (value.match(LIST_MEMBER) ?? []).map(parseEntityTag).filter(tag => tag !== undefined);
}

export function matchesWeak(one: EntityTag, other: EntityTag): boolean {
  return one.opaque === other.opaque;
}

export function matchesStrong(one: EntityTag, other: EntityTag): boolean {
  return !one.weak && !other.weak && one.opaque === other.opaque;
}
