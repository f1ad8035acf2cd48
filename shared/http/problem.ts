/**
 * Errors of Headrace's own as problem details: a status, a stable code to program against, words for people.
 *
 * Shape   { status, code, title } -> { status, fields, body }
 * Errors  none (total)
 * Source  RFC 9457 §3
 */
import type { Fields } from './fields.ts';

export interface Problem {
  readonly status: number;
  /** Stable, UPPER_SNAKE, the domain first: CACHE_PURGE_INCOMPLETE. */
  readonly code: string;
  readonly title: string;
  readonly detail?: string;
  /** Further members (§3.2), such as the field of a request body that is wrong. */
  readonly members?: Readonly<Record<string, unknown>>;
  /** Further response fields, such as Retry-After. */
  readonly fields?: Fields;
}

export interface ProblemResponse {
  readonly status: number;
  readonly fields: Fields;
  readonly body: string;
}

/** Never stored: it tells of a moment, and often of one client's request. */
export function problem({ status, code, title, detail, members, fields = [] }: Problem): ProblemResponse {
  const described = detail === undefined ? {} : { detail };
  return {
    status,
    fields: [['content-type', 'application/problem+json'], ['cache-control', 'no-store'], ...fields],
    body: JSON.stringify({ ...members, type: 'about:blank', title, status, ...described, code }),
  };
}
