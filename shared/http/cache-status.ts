/**
 * Writes Cache-Status: what this cache did with the request, as one member of a structured list.
 *
 * Shape   { hit: true, ttlSeconds: 42, detail: 'L1' } -> 'Headrace; hit; ttl=42; detail=L1'
 * Units   seconds
 * Errors  none (total)
 * Source  RFC 9211 §2; RFC 9651 §4.1
 */
import type { Fields } from './fields.ts';

export type CacheStatus = CacheHit | CacheForward;

interface CacheOutcome {
  /** Remaining freshness; negative when stale (§2.4). */
  readonly ttlSeconds?: number;
  readonly key?: string;
  readonly detail?: string;
}

export interface CacheHit extends CacheOutcome {
  readonly hit: true;
}

export interface CacheForward extends CacheOutcome {
  readonly hit: false;
  readonly forwarded: ForwardReason;
  /** The origin's status code, when it is not the one the client sees. */
  readonly forwardStatus?: number;
  readonly stored?: boolean;
  readonly collapsed?: boolean;
}

/** §2.2. */
export type ForwardReason =
  | 'bypass'
  | 'method'
  | 'uri-miss'
  | 'vary-miss'
  | 'miss'
  | 'request'
  | 'stale'
  | 'partial';

const CACHE_NAME = 'Headrace';
const SF_TOKEN = /^[A-Za-z*][!#$%&'*+.^_`|~0-9A-Za-z:/-]*$/;
const SF_INTEGER_MAX = 999_999_999_999_999;

export function formatCacheStatus(status: CacheStatus): string {
  const own = status.hit ? '; hit' : forwardParameters(status);
  const ttl = status.ttlSeconds === undefined ? '' : `; ttl=${integer(status.ttlSeconds)}`;
  const key = status.key === undefined ? '' : `; key=${quoted(status.key)}`;
  const detail = status.detail === undefined ? '' : `; detail=${tokenOrQuoted(status.detail)}`;
  return `${CACHE_NAME}${own}${ttl}${key}${detail}`;
}

/** Each cache on the way appends its member: the origin's side comes first (§2). */
export function appendCacheStatus(fields: Fields, status: CacheStatus): Fields {
  return [...fields, ['cache-status', formatCacheStatus(status)]];
}

function forwardParameters({ forwarded, forwardStatus, stored, collapsed }: CacheForward): string {
  const status = forwardStatus === undefined ? '' : `; fwd-status=${integer(forwardStatus)}`;
  return `; fwd=${forwarded}${status}${stored ? '; stored' : ''}${collapsed ? '; collapsed' : ''}`;
}

function integer(value: number): number {
  const bounded = Math.min(Math.max(value, -SF_INTEGER_MAX), SF_INTEGER_MAX);
  return Math.trunc(bounded) || 0;
}

function tokenOrQuoted(text: string): string {
  return SF_TOKEN.test(text) ? text : quoted(text);
}

/** A structured string holds printable ASCII only. */
function quoted(text: string): string {
  return `"${text.replace(/[^ -~]/g, '?').replace(/["\\]/g, '\\$&')}"`;
}
