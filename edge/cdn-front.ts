/**
 * The cache that may stand in front of this Worker and answer without asking it: what a purge says to it.
 *
 * It stores nothing that Headrace does not allow it to, and Headrace allows nothing (adapters/mark-uncached.ts): the purge is for
 * what somebody let in by a configuration of their own.
 *
 * Errors  none: out of reach is an outcome
 * Cost    one call for each hundred items
 */

export interface CdnFront {
  purge(scope: CdnScope): Promise<CdnOutcome>;
}

/** What it can be asked for; what it cannot name is named wider. It knows no hosts and no soft purge. */
export type CdnScope =
  | { readonly kind: 'tags'; readonly tags: readonly string[] }
  | { readonly kind: 'paths'; readonly pathPrefixes: readonly string[] }
  | { readonly kind: 'everything' };

export type CdnOutcome = 'purged' | 'absent' | 'unreachable';
