/**
 * What a CDN can invalidate and within which limits, as data: the planner and the pacing know providers by this alone.
 *
 * Units   ms
 */

import type { Target } from './target.ts';

export type TargetKind = Target['kind'];

export interface CdnCapabilities {
  readonly vendor: CdnVendor;
  /** Kinds that share a limit. A kind in no pool cannot be invalidated by itself. */
  readonly pools: readonly Pool[];
  /** Whether one call may take from several pools. */
  readonly mixesPools: boolean;
  readonly addressing: Addressing;
  readonly longestPath: number;
  /** Slashes that a prefix may have. @default any */
  readonly deepestPrefix?: number;
  /** Token buckets: a call takes from each that its pool is in. */
  readonly rates: readonly Rate[];
  /** Whether it can make stale instead of removing. */
  readonly soft: boolean;
  /** Within which an accepted invalidation is usually done; 0: at once. */
  readonly takesEffectMs: number;
}

export const CDN_VENDORS = ['cloudfront', 'cloudflare', 'azure-front-door', 'google'] as const;
export type CdnVendor = (typeof CDN_VENDORS)[number];

/** Whether it can be told of such a thing at all. */
export function takes({ pools }: CdnCapabilities, kind: TargetKind): boolean {
  return pools.some(({ kinds }) => kinds.includes(kind));
}

export interface Pool {
  readonly name: string;
  readonly kinds: readonly TargetKind[];
  readonly perCall: number;
  /** Items that may be in progress at once, over all calls. @default no bound */
  readonly inProgress?: number;
}

export interface Addressing {
  /** Whether http and https are two addresses. */
  readonly scheme: 'ignored' | 'matched';
  /** `ignored`: a path means that path on every host. `grouped`: one call is about one host. */
  readonly host: 'ignored' | 'matched' | 'grouped';
  /** `all`: a path always means all its queries. */
  readonly query: 'matched' | 'all';
  readonly letterCase: 'matched' | 'ignored';
  /** What a path is escaped by beyond what a browser sends. */
  readonly escapes: 'rfc-1738' | 'as-sent';
  /** `text`: a star after any text; `folder`: only after a slash; `segments`: a path, and all below it. */
  readonly prefix: 'text' | 'folder' | 'segments';
}

export interface Rate {
  readonly name: string;
  /** The pools it counts; none named: all. */
  readonly pools?: readonly string[];
  /** What a token is. */
  readonly per: 'call' | 'item';
  readonly capacity: number;
  readonly perSecond: number;
}
